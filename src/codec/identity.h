// An Identity field by field, as text.
#ifndef INFLUENCE_CODEC_IDENTITY_H_
#define INFLUENCE_CODEC_IDENTITY_H_

#include <string>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "messages/messages.h"
#include "model/error.h"

namespace influence {

// A field of Identity that one side or both state, by its path: "fingerprint",
// "graph.digest".
struct IdentityField {
  std::string path;
  std::string before, after;  // a number in decimal; "" is not stated
};

// In the order of the message, whatever fields it has.
std::vector<IdentityField> FieldsOf(const msg::Identity& before,
                                    const msg::Identity& after);
std::vector<IdentityField> FieldsOf(const msg::Identity& identity);

// The fields that the sides do not share; their text is the pool's.
std::vector<msg::IdentityDifference> DifferencesOf(const msg::Identity& before,
                                                   const msg::Identity& after,
                                                   TextPool* pool);

// TOO_LARGE for a text of more than 4'096 bytes, naming the field. An identity
// is otherwise carried along unchecked.
Error CheckTexts(const msg::Identity& identity);

}  // namespace influence

#endif  // INFLUENCE_CODEC_IDENTITY_H_
