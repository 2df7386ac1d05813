#include "cli/client/batch_table.h"

namespace influence::cli {

BatchTable::BatchTable(const RowBatch& batch) {
  for (size_t i = 0; i < kSignals; ++i) {
    names_[i] = std::string(kColumnNames[kFirstSignalColumn + i]) + "_micros";
    Describe("l", names_[i].c_str(), &signal_schemas_[i]);
    signals_[i].Fill(batch.rows(), batch.known(i), batch.values(i), 2);
  }
  const bool is_flat = !batch.has_several_accounts();
  BorrowedSchema* row_schema = is_flat ? &schema : &item_schema_;
  BorrowedArray* rows = is_flat ? &array : &items_;
  for (size_t i = 0; i < kSignals; ++i) {
    if (!batch.has(i)) continue;
    row_schema->AddChild(&signal_schemas_[i].value);
    rows->AddChild(&signals_[i].value);
  }
  Describe("+s", "", row_schema);
  rows->Fill(batch.rows(), nullptr, nullptr, 1);
  if (is_flat) return;
  for (const BatchPerson& person : batch.people()) {
    if (!person.set_aside) offsets_.push_back(static_cast<int32_t>(person.row));
  }
  const size_t people = offsets_.size();
  offsets_.push_back(static_cast<int32_t>(batch.rows()));
  item_schema_.value.name = "item";
  Describe("+l", "accounts", &list_schema_);
  list_schema_.AddChild(&item_schema_.value);
  lists_.Fill(people, nullptr, offsets_.data(), 2);
  lists_.AddChild(&items_.value);
  Describe("+s", "", &schema);
  schema.AddChild(&list_schema_.value);
  array.Fill(people, nullptr, nullptr, 1);
  array.AddChild(&lists_.value);
}

void BatchTable::AddText(const std::string& name,
                         const std::vector<std::string_view>& texts) {
  Text& text = texts_.emplace_back();
  text.name = name;
  text.ends.push_back(0);
  for (const std::string_view one : texts) {
    text.bytes += one;
    text.ends.push_back(static_cast<int32_t>(text.bytes.size()));
  }
  Describe("u", text.name.c_str(), &text.schema);
  text.array.Fill(texts.size(), nullptr, text.ends.data(), 3,
                  text.bytes.data());
  schema.AddChild(&text.schema.value);
  array.AddChild(&text.array.value);
}

}  // namespace influence::cli
