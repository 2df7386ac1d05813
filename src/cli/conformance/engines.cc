// Makes the engines that the corpus asks, released and custom, and describes
// them as canonical text.
#include "cli/conformance/engines.h"

#include <protozero/pbf_reader.hpp>
#include <utility>

#include "cli/conformance/bytes.h"
#include "cli/conformance/corpus_request.h"
#include "cli/conformance/corpus_text.h"

namespace influence::conformance {
namespace {

std::string RowText(protozero::pbf_reader in) {
  int64_t numbers[4] = {};
  std::string counts;
  while (in.next()) {
    if (in.tag() >= 1 && in.tag() <= 4) {
      numbers[in.tag() - 1] = in.get_int64();
    } else if (in.tag() == 5) {
      int64_t pair[2] = {};
      for (protozero::pbf_reader count = in.get_message(); count.next();) {
        if (count.tag() == 1 || count.tag() == 2) {
          pair[count.tag() - 1] = count.get_int64();
        } else {
          count.skip();
        }
      }
      AppendNumber(pair[0], &counts);
      AppendNumber(pair[1], &counts);
    } else {
      in.skip();
    }
  }
  std::string line = "row";
  for (const int64_t number : numbers) AppendNumber(number, &line);
  return line + counts + '\n';
}

std::string PriceText(protozero::pbf_reader in) {
  int64_t numbers[4] = {};
  while (in.next()) {
    if (in.tag() >= 1 && in.tag() <= 4) {
      numbers[in.tag() - 1] = in.get_int64();
    } else {
      in.skip();
    }
  }
  std::string line = "price";
  for (const int64_t number : numbers) AppendNumber(number, &line);
  return line + '\n';
}

// Describes an engine as the library does.
void Describe(Engine* engine) {
  OwnedBytes description;
  influence_engine_describe(engine->handle.get(), description.out(), nullptr);
  std::string rows;
  std::string prices;
  bool released = false;
  protozero::pbf_reader in(description.view().data(),
                           description.view().size());
  while (in.next()) {
    switch (in.tag()) {
      case 1:
        for (protozero::pbf_reader table = in.get_message(); table.next();) {
          if (table.tag() == 1) {
            engine->id = table.get_string();
          } else if (table.tag() == 2) {
            rows += RowText(table.get_message());
          } else {
            table.skip();
          }
        }
        break;
      case 2:
        engine->fingerprint = in.get_string();
        break;
      case 3:
        released = in.get_bool();
        break;
      case 4:
        prices += PriceText(in.get_message());
        break;
      default:
        in.skip();
    }
  }
  engine->text += "algorithm";
  AppendName(engine->id, &engine->text);
  AppendName(engine->fingerprint, &engine->text);
  AppendNumber(released ? 1 : 0, &engine->text);
  engine->text += '\n' + rows + prices;
}

void Finish(influence_status status, influence_engine* handle, size_t number,
            const std::string& source, Engine* engine) {
  engine->handle.reset(handle);
  engine->text = "engine";
  AppendNumber(static_cast<int64_t>(number), &engine->text);
  engine->text += source + "\nstatus";
  AppendNumber(status, &engine->text);
  engine->text += '\n';
  if (handle != nullptr) Describe(engine);
  engine->text += '\n';
}

}  // namespace

std::vector<std::string> CustomTables() {
  constexpr int64_t kUnit = 1'000'000;
  constexpr int64_t kLimit = 10'000'000'000'000'000;
  const Row audience = {4, 100 * kUnit, kUnit, 0, {{8, kUnit}}};
  // Six rows in another order, odd weights, values of every size.
  const Table mixed = {
      "acme/mixed",
      {{6, 3'333'333, 7'654'321, 1, {{10, 10 * kUnit}}},
       {4, 41'000'001, 999'999'999'937, 0, {{8, 1}}},
       {1, 20'000'003, 123'456'789, 36'500, {{4, 250'001}, {1, 9'749'999}}},
       {2, 17'333'331, 31'622'776'601, 7, {{6, 1'250'000}, {5, 999'999}}},
       {5, 1, kUnit, 0, {{9, 3}}},
       {3, 18'333'331, kLimit, 0, {{7, kUnit}, {2, 2}}}}};
  // Every row at the upper limit.
  const Table wide = {
      "acme/wide",
      {{2, 50 * kUnit, kLimit, 0, {{5, 5 * kUnit}, {6, 5 * kUnit}}},
       {1,
        50 * kUnit,
        kLimit,
        90,
        {{1, kUnit}, {2, kUnit}, {3, kUnit}, {4, kUnit}}}}};
  // Full marks of 1, 3 and 7 units: x of 1, 3 or 7 gives exact fractions, many
  // of them a tie between two micropoints.
  const Table ties = {"acme/ties",
                      {{1, 33'333'333, 7 * kUnit, 0, {{1, kUnit}}},
                       {3, 33'333'333, 3 * kUnit, 0, {{7, kUnit}}},
                       {4, 33'333'334, kUnit, 0, {{8, kUnit}}}}};
  // One fact counts for all of a score, and nine for nothing.
  const Table narrow = {"acme/narrow", {audience}};
  const Table long_id = {std::string(64, 'a') + "/v1", {audience}};

  Table released = narrow;
  released.id = "v1";
  Table light = narrow;
  light.rows[0].weight_micropoints -= 1;
  Table twice = {"acme/twice", {audience, audience}};
  twice.rows[0].weight_micropoints = twice.rows[1].weight_micropoints =
      50 * kUnit;
  Table shared = twice;
  shared.rows[1].factor = 1;
  Table heavy = narrow;
  heavy.rows[0].counts[0].value_micros = 10 * kUnit + 1;
  Table unknown = narrow;
  unknown.rows[0].counts[0].signal = 11;

  std::vector<std::string> tables;
  for (const Table& table :
       {narrow, mixed, wide, ties,
        Table{"acme/old",
              {{5, 60 * kUnit, 10'000 * kUnit, 30, {{9, kUnit}}},
               {6, 40 * kUnit, 1'000 * kUnit, 180, {{10, kUnit}}}}},
        released, light, twice, shared, heavy, unknown, long_id,
        Table{"acme/none", {}}, Table{}}) {
    tables.push_back(Bytes(table));
  }
  const std::string& whole = tables[1];
  tables.push_back(whole.substr(0, whole.size() - 1));       // truncated
  tables.push_back("\x0a\x02\xc3\x28");                      // an id not UTF-8
  tables.push_back(whole + std::string("\x98\x3f\x07", 3));  // an unknown field
  return tables;
}

Engine ReleasedEngine(std::string_view id) {
  Engine engine;
  influence_engine* handle = nullptr;
  const influence_status status =
      influence_engine_open(std::string(id).c_str(), &handle, nullptr);
  std::string source;
  AppendName(id, &source);
  Finish(status, handle, 0, source, &engine);
  return engine;
}

Engine CustomEngine(const std::string& table, size_t number) {
  Engine engine;
  engine.table = table;
  influence_engine* handle = nullptr;
  const influence_status status = influence_engine_open_custom(
      reinterpret_cast<const uint8_t*>(table.data()), table.size(), &handle,
      nullptr);
  Finish(status, handle, number, " table " + ToHex(table), &engine);
  return engine;
}

std::vector<Engine> AllEngines(std::string_view id) {
  std::vector<Engine> engines;
  engines.push_back(ReleasedEngine(id));
  for (const std::string& table : CustomTables()) {
    engines.push_back(CustomEngine(table, engines.size()));
  }
  return engines;
}

}  // namespace influence::conformance
