// One line of JSONL as an object of names and values, none of them nested.
#ifndef INFLUENCE_CLI_READ_JSON_OBJECT_H_
#define INFLUENCE_CLI_READ_JSON_OBJECT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace influence::cli {

enum class JsonType { kNull, kNumber, kText };

// Receives the values: a row of one kind or another.
class JsonFields {
 public:
  virtual ~JsonFields() = default;
  // The field of that name, if there is one.
  virtual std::optional<size_t> Find(std::string_view name) = 0;
  // Tells where the value of a field begins, in bytes of the line from 1.
  virtual void Place(size_t field, size_t column) = 0;
  // A value: a number as it is written, so that it is exact; the text of a
  // text, unescaped. Returns whether it is taken; if not, *why may say why,
  // otherwise the type is at fault.
  virtual bool Set(size_t field, JsonType type, std::string_view text,
                   std::string* why) = 0;
};

struct JsonFault {
  std::string reason;  // empty: none
  size_t column = 1;   // in bytes of the line, from 1
};

// Reads a line. A value of another type, a key that occurs twice, an unknown
// key (unless allowed), bytes that are not UTF-8 and anything that is not one
// JSON object is a fault; the first is returned. After it reading goes on as
// far as it can.
JsonFault ReadJsonObject(std::string_view line, bool allow_extra,
                         JsonFields* fields);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_JSON_OBJECT_H_
