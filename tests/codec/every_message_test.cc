// The table codec, for every message that there is: libprotobuf is its oracle,
// for values, for bytes written in unusual ways, and for bytes that are no
// message at all.
#include "tests/codec/every_message.h"

#include <google/protobuf/message.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "codec/codec.h"
#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "tests/codec/random_messages.h"

namespace influence::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const google::protobuf::Descriptor* DescriptorOf(size_t type) {
  return abi1::Account::descriptor()->file()->FindMessageTypeByName(
      MessageName(type));
}

// Small, or any, or at an end of its type.
template <typename Number>
Number RandomNumber(std::mt19937_64& rng) {
  switch (rng() % 4) {
    case 0:
      return static_cast<Number>(rng() % 200);
    case 1:
      return std::numeric_limits<Number>::min();
    case 2:
      return std::numeric_limits<Number>::max();
    default:
      return static_cast<Number>(rng() >> (rng() % 64));
  }
}

void Fill(std::mt19937_64& rng, int depth, Message* message);

void SetField(std::mt19937_64& rng, int depth, const FieldDescriptor* field,
              Message* message) {
  const Reflection* to = message->GetReflection();
  const bool add = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      const auto value = RandomNumber<int32_t>(rng);
      add ? to->AddInt32(message, field, value)
          : to->SetInt32(message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const auto value = RandomNumber<int64_t>(rng);
      add ? to->AddInt64(message, field, value)
          : to->SetInt64(message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      const auto value = RandomNumber<uint32_t>(rng);
      add ? to->AddUInt32(message, field, value)
          : to->SetUInt32(message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      const auto value = RandomNumber<uint64_t>(rng);
      add ? to->AddUInt64(message, field, value)
          : to->SetUInt64(message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      to->SetBool(message, field, rng() % 2 == 0);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      to->SetEnumValue(message, field, RandomNumber<int32_t>(rng));
      break;
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = RandomText(rng, 20);
      add ? to->AddString(message, field, text)
          : to->SetString(message, field, text);
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      Fill(rng, depth - 1,
           add ? to->AddMessage(message, field)
               : to->MutableMessage(message, field));
      break;
    default:
      FAIL() << field->full_name() << " has a type that is not tested";
  }
}

void Fill(std::mt19937_64& rng, int depth, Message* message) {
  const google::protobuf::Descriptor* type = message->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (depth == 0 && type->field(i)->message_type() != nullptr) continue;
    const uint64_t times =
        type->field(i)->is_repeated() ? rng() % 4 : rng() % 2;
    for (uint64_t n = 0; n < times; ++n) {
      SetField(rng, depth, type->field(i), message);
    }
  }
}

std::string RandomBytesOf(size_t type, std::mt19937_64& rng) {
  const auto message = std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(DescriptorOf(type))
          ->New());
  Fill(rng, 4, message.get());
  return message->SerializeAsString();
}

TEST(EveryMessage, IsReadAndWrittenAsProtobufDoes) {
  std::mt19937_64 rng(4);
  ASSERT_GT(MessageTypes(), 50u);
  for (size_t type = 0; type < MessageTypes(); ++type) {
    size_t longest = 0;
    for (int i = 0; i < 300; ++i) {
      const std::string bytes = RandomBytesOf(type, rng);
      ASSERT_EQ(Rewritten(type, bytes), bytes) << MessageName(type);
      longest = std::max(longest, bytes.size());
    }
    EXPECT_GT(longest, 0u) << MessageName(type);
  }
}

// Two messages of one type, one after the other, are one that is merged: the
// last of a scalar and of a oneof, all of a repeated field.
TEST(EveryMessage, IsMergedAsProtobufDoes) {
  std::mt19937_64 rng(5);
  for (size_t type = 0; type < MessageTypes(); ++type) {
    for (int i = 0; i < 300; ++i) {
      const std::string bytes =
          RandomBytesOf(type, rng) + RandomBytesOf(type, rng);
      ASSERT_EQ(MessageDisagreement(type, bytes), "");
      ASSERT_FALSE(!bytes.empty() && Rewritten(type, bytes).empty());
    }
  }
}

std::string Edited(std::string bytes, std::mt19937_64& rng) {
  for (uint64_t n = 1 + rng() % 3; n > 0 && !bytes.empty(); --n) {
    const size_t at = rng() % bytes.size();
    const auto byte = static_cast<char>(rng());
    switch (rng() % 5) {
      case 0:
        bytes.resize(at);
        break;
      case 1:
        bytes[at] = byte;
        break;
      case 2:
        bytes.insert(at, 1, byte);
        break;
      case 3:
        bytes.erase(at, 1 + rng() % 4);
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (rng() % 8)));
    }
  }
  return bytes;
}

TEST(EveryMessage, IsRefusedExactlyWhereProtobufRefusesIt) {
  std::mt19937_64 rng(6);
  int refused = 0, accepted = 0;
  for (size_t type = 0; type < MessageTypes(); ++type) {
    for (int i = 0; i < 1'000; ++i) {
      const std::string bytes = Edited(RandomBytesOf(type, rng), rng);
      ASSERT_EQ(MessageDisagreement(type, bytes), "");
      (Rewritten(type, bytes).empty() ? refused : accepted)++;
    }
  }
  EXPECT_GT(refused, 1'000);
  EXPECT_GT(accepted, 1'000);
}

TEST(Codec, NamesTheFieldThatIsNotUtf8) {
  abi1::CompareRequest request;
  request.mutable_after()->mutable_profile()->add_accounts();
  request.mutable_after()->mutable_profile()->add_accounts()->set_network("ab");
  std::string bytes = request.SerializeAsString();
  bytes[bytes.find("ab")] = '\xff';
  msg::CompareRequest read;
  const Error error = Decode(bytes, &read);
  EXPECT_EQ(error.code(), Code::kInvalidUtf8);
  EXPECT_EQ(error.field(), "after.profile.accounts[1].network");
}

TEST(Codec, ReportsMalformedBytesBeforeTextThatIsNotUtf8) {
  msg::Profile profile;
  const Error error = Decode("\x0a\x01\xff\x12\x7f", &profile);
  EXPECT_EQ(error.code(), Code::kMalformed);
  EXPECT_EQ(error.message(), "the bytes are not a valid Profile");
}

// A slice of a drift is two bytes and needs hundreds.
TEST(Codec, RefusesMessagesThatNeedMuchMoreMemoryThanTheyHaveBytes) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += std::string("\x22\x00", 2);
  msg::DriftReport report;
  const Error error = Decode(bytes, &report);
  EXPECT_EQ(error.code(), Code::kTooLarge);
  EXPECT_EQ(error.field().substr(0, 7), "slices[");
  EXPECT_LE(report.slices.size() * sizeof(msg::DriftSlice),
            kDecodeBytes + kDecodeBytesPerByte * bytes.size());
}

TEST(Codec, GivesTheItemsOfABatchOneByOneUntilOneIsBad) {
  abi1::EventBatch batch;
  batch.add_events()->set_actor("a");
  batch.add_events()->set_time_seconds(-5);
  batch.add_events()->set_actor("zz");
  std::string bytes = batch.SerializeAsString();
  bytes[bytes.find("zz")] = '\xff';
  Items<msg::Event> events("EventBatch", msg::EventBatch::kEventsField,
                           "events", bytes);
  ASSERT_TRUE(events.Next());
  EXPECT_EQ(events.item().actor, "a");
  ASSERT_TRUE(events.Next());
  EXPECT_EQ(events.item().actor, "");
  EXPECT_EQ(events.item().time_seconds, -5);
  EXPECT_FALSE(events.Next());
  EXPECT_EQ(events.error().code(), Code::kInvalidUtf8);
  EXPECT_EQ(events.error().field(), "events[2].actor");
  EXPECT_EQ(events.error().row(), 2u);
}

}  // namespace
}  // namespace influence::testing
