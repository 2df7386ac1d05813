// Opens a file, looks at its first bytes and decodes gzip or zstd as it is
// read; every reader of the command reads through it.
#include "cli/read/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "cli/basics/failure.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

constexpr size_t kRawBytes = size_t{1} << 17;

class Gzip : public Decoder {
 public:
  Gzip() {
    constexpr int kGzipAlone = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipAlone) != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() override { inflateEnd(&stream_); }

  Step Decode(const char* from, size_t size, char* to, size_t room) override {
    if (is_complete_) {  // and more follows: another member
      inflateReset(&stream_);
      is_complete_ = false;
    }
    // Both are far below 4 GiB: the raw buffer is, and `room` is cut.
    room = std::min(room, size_t{1} << 30);
    stream_.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(from));  // NOLINT: not
    stream_.avail_in = static_cast<uInt>(size);             // written to
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    if (code == Z_MEM_ERROR) throw std::bad_alloc();
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      throw std::runtime_error(std::string("is damaged gzip: ") +
                               (stream_.msg == nullptr ? "" : stream_.msg));
    }
    is_complete_ = code == Z_STREAM_END;
    return {size - stream_.avail_in, room - stream_.avail_out};
  }

  bool is_complete() const override { return is_complete_; }

 private:
  z_stream stream_ = {};
  bool is_complete_ = false;
};

class Zstd : public Decoder {
 public:
  Zstd() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }
  ~Zstd() override { ZSTD_freeDStream(stream_); }

  Step Decode(const char* from, size_t size, char* to, size_t room) override {
    ZSTD_inBuffer in = {from, size, 0};
    ZSTD_outBuffer out = {to, room, 0};
    const size_t left = ZSTD_decompressStream(stream_, &out, &in);
    if (ZSTD_isError(left) != 0) {
      throw std::runtime_error(std::string("is damaged zstd: ") +
                               ZSTD_getErrorName(left));
    }
    is_complete_ = left == 0;
    return {in.pos, out.pos};
  }

  bool is_complete() const override { return is_complete_; }

 private:
  ZSTD_DStream* stream_;
  bool is_complete_ = false;
};

std::unique_ptr<Decoder> DecoderOf(std::string_view begin) {
  constexpr std::string_view kGzipMagic = "\x1f\x8b\x08";
  constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";
  const auto begins = [&](std::string_view magic) {
    return begin.substr(0, magic.size()) == magic;
  };
  if (begins(kGzipMagic)) return std::make_unique<Gzip>();
  if (begins(kZstdMagic)) return std::make_unique<Zstd>();
  return nullptr;
}

}  // namespace

InputFile::InputFile(const std::string& path)
    : path_(path), descriptor_(STDIN_FILENO) {
  if (path != "-") descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) Fail();
  struct stat status = {};
  if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<size_t>(status.st_size);
  }
}

InputFile::~InputFile() {
  if (descriptor_ > STDIN_FILENO) close(descriptor_);
}

size_t InputFile::Read(char* to, size_t size) {
  ssize_t read_bytes;
  do {
    read_bytes = read(descriptor_, to, size);
  } while (read_bytes < 0 && errno == EINTR);
  if (read_bytes < 0) Fail();  // a folder, for one
  return static_cast<size_t>(read_bytes);
}

void InputFile::Fail() const {
  throw Failure(kBadData, NameOf(path_) + ": " + std::strerror(errno));
}

InputStream::InputStream(const std::string& path)
    : name_(NameOf(path)), file_(path), raw_(kRawBytes, '\0') {
  constexpr size_t kMagicBytes = 4;
  while (end_ < kMagicBytes && Refill()) continue;
  decoder_ = DecoderOf({raw_.data(), end_});
}

InputStream::~InputStream() = default;

// Reads more after what there is; false at the end of the file.
bool InputStream::Refill() {
  if (begin_ == end_) begin_ = end_ = 0;
  const size_t more = file_.Read(&raw_[end_], raw_.size() - end_);
  end_ += more;
  bytes_read_ += more;
  return more > 0;
}

size_t InputStream::Read(char* to, size_t size) {
  if (decoder_ == nullptr) {
    if (begin_ == end_) {
      const size_t more = file_.Read(to, size);
      bytes_read_ += more;
      return more;
    }
    const size_t some = std::min(size, end_ - begin_);
    std::memcpy(to, &raw_[begin_], some);
    begin_ += some;
    return some;
  }
  for (;;) {
    const bool is_end = begin_ == end_ && !Refill();
    if (is_end && decoder_->is_complete()) return 0;
    Decoder::Step step;
    try {
      step = decoder_->Decode(&raw_[begin_], end_ - begin_, to, size);
    } catch (const std::runtime_error& error) {
      throw Failure(kBadData, name_ + " " + error.what());
    }
    begin_ += step.used;
    if (step.made > 0) return step.made;
    if (is_end) {
      throw Failure(kBadData,
                    name_ + " ends in the middle of what was compressed");
    }
  }
}

std::string ReadAll(const std::string& path) {
  InputStream file(path);
  // One byte more, to see the end.
  std::string text(std::min(file.file_size(), kMostWholeBytes) + 1, '\0');
  size_t size = 0;
  while (const size_t more = file.Read(&text[size], text.size() - size)) {
    size += more;
    if (size > kMostWholeBytes) {
      throw Failure(kBadData,
                    NameOf(path) +
                        ": is larger than 1 GiB, the most that is read whole; "
                        "score --format csv or jsonl takes CSV and JSONL of "
                        "any size");
    }
    if (size == text.size()) text.resize(std::max<size_t>(2 * size, 1 << 16));
  }
  text.resize(size);
  return text;
}

std::string WithoutCompression(const std::string& path) {
  for (const char* const extension : {".gz", ".zst"}) {
    if (absl::EndsWithIgnoreCase(path, extension)) {
      return path.substr(0, path.size() - std::strlen(extension));
    }
  }
  return path;
}

InputFormat FormatOf(const std::string& file, const std::string& format,
                     const std::string& otherwise) {
  const std::string name = WithoutCompression(file);
  std::string said = format;
  for (const auto& [extension, that] :
       {std::pair(".csv", "csv"), std::pair(".jsonl", "jsonl"),
        std::pair(".ndjson", "jsonl"), std::pair(".pb", "proto"),
        std::pair(".binpb", "proto")}) {
    if (said.empty() && absl::EndsWithIgnoreCase(name, extension)) said = that;
  }
  if (said.empty()) said = otherwise;
  if (said == "csv") return InputFormat::kCsv;
  if (said == "jsonl") return InputFormat::kJsonl;
  if (said == "proto") return InputFormat::kProto;
  throw Failure(kUsage, NameOf(file) +
                            ": say what it is with --input-format csv, jsonl "
                            "or proto");
}

}  // namespace influence::cli
