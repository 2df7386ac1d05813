// An Identity field by field, as text.
#ifndef INFLUENCE_CODEC_IDENTITY_FIELDS_H_
#define INFLUENCE_CODEC_IDENTITY_FIELDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "messages/messages.h"
#include "model/error.h"

namespace influence {

// A field of Identity that at least one side has, by its path: "fingerprint",
// "graph.digest".
struct IdentityField {
  std::string path;
  std::string before, after;  // a number in decimal; "" is not stated
};

// In the order of the message. Walks the table of Identity, so a new field
// needs no code here.
std::vector<IdentityField> FieldsOf(const msg::Identity& before,
                                    const msg::Identity& after);
std::vector<IdentityField> FieldsOf(const msg::Identity& identity);

// The fields in which the sides differ. The pool owns their text.
std::vector<msg::IdentityDifference> DifferencesOf(const msg::Identity& before,
                                                   const msg::Identity& after,
                                                   TextPool* pool);

// Fails with TOO_LARGE, naming the field, for a text of more than 4'096 bytes.
// The rest of an identity is carried along unchecked.
Error CheckTexts(const msg::Identity& identity);

}  // namespace influence

#endif  // INFLUENCE_CODEC_IDENTITY_FIELDS_H_
