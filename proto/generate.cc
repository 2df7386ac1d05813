// Makes the tables of the messages from influence/abi1/influence.proto,
// for the library and for the Python binding. The results are checked in, so
// that a build needs no protoc; a test compares them with a fresh run.
//
//   generate_messages ROOT SET          writes src/messages/{enums,messages}.h,
//                                       messages.cc and the _messages.py of
//                                       abi/python
//   generate_messages ROOT SET --check  compares them, and names what differs
//
// SET is what protoc's --descriptor_set_out wrote.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

constexpr char kProto[] = "influence/abi1/influence.proto";

constexpr char kMadeOf[] =
    "// Made by proto/generate.cc from influence/abi1/influence.proto, which\n"
    "// says what everything means.\n";

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(c));
  return text;
}

// "HALF_EVEN" -> "HalfEven".
std::string Camel(const std::string& upper) {
  std::string camel;
  bool first = true;
  for (const char c : upper) {
    if (c == '_') {
      first = true;
      continue;
    }
    camel += static_cast<char>(first ? std::toupper(c) : std::tolower(c));
    first = false;
  }
  return camel;
}

// "FloatRounding" -> "FLOAT_ROUNDING_".
std::string PrefixOf(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (std::isupper(c) != 0 && !prefix.empty()) prefix += '_';
    prefix += static_cast<char>(std::toupper(c));
  }
  return prefix + "_";
}

// A value's name without that of its type.
std::string ShortName(const EnumValueDescriptor& value) {
  const std::string prefix = PrefixOf(*value.type());
  if (value.name().rfind(prefix, 0) != 0) {
    throw std::runtime_error(value.name() + " does not begin with " + prefix);
  }
  return value.name().substr(prefix.size());
}

std::vector<const EnumDescriptor*> EnumsOf(const FileDescriptor& file) {
  std::vector<const EnumDescriptor*> enums;
  for (int i = 0; i < file.enum_type_count(); ++i) {
    enums.push_back(file.enum_type(i));
  }
  return enums;
}

// The messages, each after those that it holds.
std::vector<const Descriptor*> MessagesOf(const FileDescriptor& file) {
  std::vector<const Descriptor*> sorted;
  std::set<const Descriptor*> seen;
  std::function<void(const Descriptor*)> visit = [&](const Descriptor* type) {
    if (!seen.insert(type).second) return;
    for (int i = 0; i < type->field_count(); ++i) {
      const Descriptor* inner = type->field(i)->message_type();
      if (inner != nullptr) visit(inner);
    }
    sorted.push_back(type);
  };
  for (int i = 0; i < file.message_type_count(); ++i) {
    visit(file.message_type(i));
  }
  return sorted;
}

// The fields, ascending by number, as they are written.
std::vector<const FieldDescriptor*> FieldsOf(const Descriptor& type) {
  std::vector<const FieldDescriptor*> fields(
      static_cast<size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) {
    fields[static_cast<size_t>(i)] = type.field(i);
  }
  std::sort(fields.begin(), fields.end(),
            [](const FieldDescriptor* a, const FieldDescriptor* b) {
              return a->number() < b->number();
            });
  return fields;
}

int HighestOf(const EnumDescriptor& type) {
  int highest = 0;
  for (int i = 0; i < type.value_count(); ++i) {
    highest = std::max(highest, type.value(i)->number());
  }
  return highest;
}

std::string CppType(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SINT32:
      return "int32_t";
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SINT64:
      return "int64_t";
    case FieldDescriptor::TYPE_UINT32:
      return "uint32_t";
    case FieldDescriptor::TYPE_UINT64:
      return "uint64_t";
    case FieldDescriptor::TYPE_BOOL:
      return "bool";
    case FieldDescriptor::TYPE_STRING:
      return "std::string_view";
    case FieldDescriptor::TYPE_ENUM:
      return field.enum_type()->name();
    case FieldDescriptor::TYPE_MESSAGE:
      return field.message_type()->name();
    default:
      throw std::runtime_error(field.full_name() +
                               ": a type that the codec does not have");
  }
}

std::string KindOf(const FieldDescriptor& field) {
  return std::string("Kind::k") +
         Camel(FieldDescriptor::TypeName(field.type()));
}

bool IsPlain(const FieldDescriptor& field) {
  return !field.is_repeated() && !field.has_presence();
}

std::string Member(const FieldDescriptor& field) {
  const std::string type = CppType(field);
  if (field.is_repeated()) {
    return "std::vector<" + type + "> " + field.name() + ";";
  }
  if (field.has_presence()) {
    return "std::optional<" + type + "> " + field.name() + ";";
  }
  const bool is_text = field.type() == FieldDescriptor::TYPE_STRING;
  return type + " " + field.name() + (is_text ? ";" : "{};");
}

std::string EnumsHeader(const FileDescriptor& file) {
  std::ostringstream out;
  out << kMadeOf << "#ifndef INFLUENCE_MESSAGES_ENUMS_H_\n"
      << "#define INFLUENCE_MESSAGES_ENUMS_H_\n\n#include <cstddef>\n"
      << "#include <cstdint>\n#include <string_view>\n\n"
      << "namespace influence {\n\n// clang-format off\n";
  for (const EnumDescriptor* type : EnumsOf(file)) {
    out << "enum class " << type->name() << " : int32_t {\n";
    for (int i = 0; i < type->value_count(); ++i) {
      const EnumValueDescriptor& value = *type->value(i);
      out << "  k" << Camel(ShortName(value)) << " = " << value.number()
          << ",\n";
    }
    out << "};\ninline constexpr size_t k" << type->name()
        << "Count = " << HighestOf(*type) << ";  // the highest\n\n";
  }
  out << "// clang-format on\n"
      << "// The names of the values without that of their type: Name() in "
         "lower case,\n// \"half_even\"; UpperName() as in the messages, "
         "\"HALF_EVEN\". Both end in a NUL,\n// and are empty for a number "
         "without one.\n";
  for (const EnumDescriptor* type : EnumsOf(file)) {
    out << "std::string_view Name(" << type->name() << " value);\n"
        << "std::string_view UpperName(" << type->name() << " value);\n";
  }
  out << "\n}  // namespace influence\n\n"
      << "#endif  // INFLUENCE_MESSAGES_ENUMS_H_\n";
  return out.str();
}

std::string MessagesHeader(const FileDescriptor& file) {
  std::ostringstream out;
  out << kMadeOf << "//\n// Text is a view: of the bytes that were decoded, or "
      << "of what the writer keeps.\n"
      << "#ifndef INFLUENCE_MESSAGES_MESSAGES_H_\n"
      << "#define INFLUENCE_MESSAGES_MESSAGES_H_\n\n#include <cstdint>\n"
      << "#include <optional>\n#include <string_view>\n#include <vector>\n\n"
      << "#include \"messages/enums.h\"\n#include "
         "\"messages/field_table.h\"\n\n"
      << "namespace influence::msg {\n\n// clang-format off\n";
  for (const Descriptor* type : MessagesOf(file)) {
    out << "struct " << type->name() << " {\n";
    for (const FieldDescriptor* field : FieldsOf(*type)) {
      out << "  " << Member(*field);
      if (field->real_containing_oneof() != nullptr) {
        out << "  // oneof " << field->real_containing_oneof()->name();
      }
      out << "\n";
    }
    out << "  enum : uint32_t {";
    for (const FieldDescriptor* field : FieldsOf(*type)) {
      out << (field == FieldsOf(*type).front() ? " k" : ", k")
          << Camel(field->name()) << "Field = " << field->number();
    }
    out << " };\n};\nextern const Table k" << type->name() << ";\n"
        << "inline const Table& TableOf(const " << type->name()
        << "&) { return k" << type->name() << "; }\n\n";
  }
  out << "// X(Name) for every message.\n#define INFLUENCE_MESSAGES(X)";
  for (const Descriptor* type : MessagesOf(file)) {
    out << " \\\n  X(" << type->name() << ")";
  }
  out << "\n\n";
  out << "// clang-format on\n}  // namespace influence::msg\n\n"
      << "#endif  // INFLUENCE_MESSAGES_MESSAGES_H_\n";
  return out.str();
}

// Every value from 0 to the highest, a NUL after each.
void WriteNames(const EnumDescriptor& type, bool upper, std::ostream* out) {
  *out << "std::string_view " << (upper ? "UpperName(" : "Name(") << type.name()
       << " value) {\n  switch (value) {\n";
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    const std::string name = ShortName(value);
    *out << "    case " << type.name() << "::k" << Camel(name) << ": return \""
         << (upper ? name : Lower(name)) << "\";\n";
  }
  *out << "  }\n  return \"\";\n}\n";
}

void WriteTable(const Descriptor& type, std::ostream* out) {
  const std::string& name = type.name();
  *out << "constexpr Field k" << name << "Fields[] = {\n";
  for (const FieldDescriptor* field : FieldsOf(type)) {
    const Descriptor* inner = field->message_type();
    *out << "  {" << field->number() << ", " << KindOf(*field) << ", ";
    if (IsPlain(*field)) {
      *out << "Label::kPlain";
    } else {
      *out << (field->is_repeated() ? "Label::kRepeated" : "Label::kOptional");
    }
    *out << ", "
         << (field->real_containing_oneof() != nullptr
                 ? field->real_containing_oneof()->index() + 1
                 : 0)
         << ", \"" << field->name() << "\", offsetof(" << name << ", "
         << field->name() << "), "
         << (inner != nullptr ? "&k" + inner->name() : "nullptr") << ", "
         << (IsPlain(*field) ? "nullptr"
                             : (field->is_repeated() ? "&kRepeatedOps<"
                                                     : "&kOptionalOps<") +
                                   CppType(*field) + ">")
         << "},\n";
  }
  *out << "};\n";
}

std::string MessagesSource(const FileDescriptor& file) {
  std::ostringstream out;
  out << kMadeOf << "#include \"messages/messages.h\"\n\n#include <cstddef>\n\n"
      << "namespace influence {\n\n// clang-format off\n";
  for (const EnumDescriptor* type : EnumsOf(file)) {
    WriteNames(*type, false, &out);
    WriteNames(*type, true, &out);
  }
  out << "\nnamespace msg {\nnamespace {\n\n";
  for (const Descriptor* type : MessagesOf(file)) WriteTable(*type, &out);
  out << "\n}  // namespace\n\n";
  for (const Descriptor* type : MessagesOf(file)) {
    const std::string& name = type->name();
    out << "const Table k" << name << " = {\"" << name << "\", sizeof(" << name
        << "), k" << name << "Fields, " << type->field_count() << "};\n";
  }
  out << "\n}  // namespace msg\n// clang-format on\n}  // namespace "
         "influence\n";
  return out.str();
}

std::string PythonKind(const FieldDescriptor& field) {
  if (field.message_type() != nullptr) return field.message_type()->name();
  if (field.enum_type() != nullptr) return "enum " + field.enum_type()->name();
  return FieldDescriptor::TypeName(field.type());
}

std::string PythonTables(const FileDescriptor& file) {
  std::ostringstream out;
  out << "\"\"\"The messages and enumerations of "
         "proto/influence/abi1/influence.proto,\nwhich says what they mean. "
         "Made by proto/generate.cc.\"\"\"\nfrom __future__ import "
         "annotations\n\n# Each field: its number, name, type, and whether it "
         "is optional, repeated or\n# one of several.\nMESSAGES: dict[str, "
         "tuple[tuple[int, str, "
         "str, str], ...]] = {\n";
  for (int i = 0; i < file.message_type_count(); ++i) {
    const Descriptor& type = *file.message_type(i);
    out << "    \"" << type.name() << "\": (\n";
    for (const FieldDescriptor* field : FieldsOf(type)) {
      const bool optional =
          field->has_presence() && field->message_type() == nullptr;
      out << "        (" << field->number() << ", \"" << field->name()
          << "\", \"" << PythonKind(*field) << "\", \""
          << (field->real_containing_oneof() != nullptr
                  ? "oneof " + field->real_containing_oneof()->name()
              : field->is_repeated() ? "repeated"
              : optional             ? "optional"
                                     : "")
          << "\"),\n";
    }
    out << "    ),\n";
  }
  out << "}\n\nENUMS: dict[str, dict[str, int]] = {\n";
  for (const EnumDescriptor* type : EnumsOf(file)) {
    out << "    \"" << type->name() << "\": {\n";
    for (int i = 0; i < type->value_count(); ++i) {
      out << "        \"" << type->value(i)->name()
          << "\": " << type->value(i)->number() << ",\n";
    }
    out << "    },\n";
  }
  out << "}\n";
  return out.str();
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int Run(const std::string& root, const std::string& set_path, bool check) {
  google::protobuf::FileDescriptorSet set;
  if (!set.ParseFromString(ReadFile(set_path)) || set.file_size() != 1) {
    throw std::runtime_error(set_path + " is not a descriptor set of one file");
  }
  google::protobuf::DescriptorPool pool;
  const FileDescriptor* file = pool.BuildFile(set.file(0));
  if (file == nullptr) throw std::runtime_error("the file does not link");
  const std::pair<const char*, std::string> made[] = {
      {"/src/messages/enums.h", EnumsHeader(*file)},
      {"/src/messages/messages.h", MessagesHeader(*file)},
      {"/src/messages/messages.cc", MessagesSource(*file)},
      {"/abi/python/src/influence/_messages.py", PythonTables(*file)},
  };
  int status = 0;
  for (const auto& [path, text] : made) {
    if (!check) {
      std::ofstream(root + path, std::ios::binary) << text;
    } else if (ReadFile(root + path) != text) {
      std::cerr << path << " is not what " << kProto
                << " gives; run generate_messages\n";
      status = 1;
    }
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const bool check = argc == 4 && std::string(argv[3]) == "--check";
  if (argc != 3 && !check) {
    std::cerr << "usage: generate_messages ROOT SET [--check]\n";
    return 2;
  }
  try {
    return Run(argv[1], argv[2], check);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
