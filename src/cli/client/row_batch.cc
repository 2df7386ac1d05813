// Collects rows of one person as a list of accounts, and remembers where their
// text stands.
#include "cli/client/row_batch.h"

#include <algorithm>
#include <cstring>

#include "influence/influence.h"

namespace influence::cli {

RowBatch::RowBatch() {
  for (auto& values : values_) values.resize(kMostRows);
  for (auto& known : known_) known.resize(kMostRows / 8);
  people_.reserve(kMostRows);
}

void RowBatch::Clear() {
  const size_t used = std::min(rows_ / 8 + 1, kMostRows / 8);
  for (auto& known : known_) std::fill_n(known.begin(), used, 0);
  has_.fill(false);
  // No id has more bytes than what writes it.
  ids_.resize(std::max(ids_.size(), buffer_.size()));
  people_.clear();
  ids_size_ = rows_ = last_id_size_ = last_rows_ = text_end_ = 0;
  several_ = false;
}

void RowBatch::DropRow() {
  for (auto& known : known_) {
    known[rows_ / 8] &= static_cast<uint8_t>(~(1u << (rows_ % 8)));
  }
}

void RowBatch::SetLastAside() {
  BatchPerson& last = people_.back();
  if (last.set_aside) return;
  last.set_aside = true;
  while (rows_ > last.row) {
    --rows_;
    DropRow();
  }
}

void RowBatch::Open(std::string_view id, size_t begin, size_t line,
                    bool set_aside) {
  BatchPerson person;
  person.id = ids_size_;
  person.id_size = id.size();
  person.text = begin;
  person.line = line;
  person.row = static_cast<uint32_t>(rows_);
  person.set_aside = set_aside;
  people_.push_back(person);
  if (!id.empty()) std::memcpy(ids_.data() + ids_size_, id.data(), id.size());
  ids_size_ += id.size();
  last_id_size_ = id.size();
  last_rows_ = 1;
}

void RowBatch::Add(std::string_view id, size_t begin, size_t line) {
  const bool is_last =
      id.size() == last_id_size_ &&
      std::memcmp(id.data(), ids_.data() + ids_size_ - last_id_size_,
                  last_id_size_) == 0;
  if (!is_last) {
    Open(id, begin, line, /*set_aside=*/false);
    ++rows_;
    return;
  }
  ++last_rows_;
  if (people_.back().set_aside) {
    DropRow();
    return;
  }
  ++rows_;
  if (last_rows_ > INFLUENCE_MAX_ACCOUNTS) SetLastAside();
}

void RowBatch::SetAside(std::string_view id, size_t begin, size_t line) {
  DropRow();
  if (id.empty()) {
    if (people_.empty()) return Open(id, begin, line, /*set_aside=*/true);
    if (last_id_size_ > 0) SetLastAside();
    return;
  }
  const bool is_last =
      last_id_size_ > 0 &&
      id == std::string_view(ids_.data() + ids_size_ - last_id_size_,
                             last_id_size_);
  if (is_last) {
    ++last_rows_;
    SetLastAside();
  } else {
    Open(id, begin, line, /*set_aside=*/true);
  }
}

void RowBatch::Condemn(std::string_view id, Place begin) {
  Open(id, begin.text, begin.line, /*set_aside=*/true);
}

RowBatch::Place RowBatch::Close(Place end, bool is_all) {
  text_end_ = end.text;
  if (!is_all && last_id_size_ > 0) {
    SetLastAside();
    end = {people_.back().text, people_.back().line};
    people_.pop_back();
    text_end_ = end.text;
    last_id_size_ = 0;
  }
  size_t in_columns = 0;
  for (const BatchPerson& person : people_) in_columns += !person.set_aside;
  several_ = in_columns != rows_;
  return end;
}

}  // namespace influence::cli
