// Population from a serialized ScoreRequest.
#include <google/protobuf/unknown_field_set.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/read/people/people_file.h"

namespace influence::cli {

// The outer message is split by hand, so that one profile that is malformed or
// not UTF-8 is one complaint instead of the end of the whole request.
void Population::ReadProto(std::string_view text) {
  using google::protobuf::UnknownField;
  constexpr int kProfiles = abi1::ScoreRequest::kProfilesFieldNumber;
  const std::string not_a_request = options_.name + ": is not a ScoreRequest";
  google::protobuf::UnknownFieldSet fields;
  if (text.size() > INT32_MAX ||
      !fields.ParseFromArray(text.data(), static_cast<int>(text.size()))) {
    throw Failure(kBadData, not_a_request);
  }
  size_t position = 0;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() != kProfiles ||
        field.type() != UnknownField::TYPE_LENGTH_DELIMITED) {
      continue;
    }
    Person person;
    person.position = position++;
    if (person.profile.ParseFromString(field.length_delimited())) {
      people_.push_back(std::move(person));
    } else {
      Complain({0, 0,
                absl::StrCat("profile ", person.position,
                             ": is not a Profile, or has text that is not "
                             "UTF-8"),
                absl::BytesToHexString(field.length_delimited())},
               "");
    }
  }
  fields.DeleteByNumber(kProfiles);
  std::string head;
  if (!fields.SerializeToString(&head) || !head_.ParseFromString(head)) {
    throw Failure(kBadData, not_a_request);
  }
}

}  // namespace influence::cli
