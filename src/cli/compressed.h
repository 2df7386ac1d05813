// A file as the bytes it stands for: what gzip or zstd has compressed is read
// as if it were not, told by how it begins, whatever it is called.
#ifndef INFLUENCE_CLI_COMPRESSED_H_
#define INFLUENCE_CLI_COMPRESSED_H_

#include <cstddef>
#include <memory>
#include <string>

#include "cli/files.h"

namespace influence::cli {

// One way to compress, undone. Holds what it needs and no file.
class Decoder {
 public:
  struct Step {
    size_t used = 0;  // of the compressed bytes
    size_t made = 0;  // bytes written
  };

  virtual ~Decoder() = default;
  // Goes on until either side is exhausted. Throws a text, which says what is
  // wrong with the bytes, as std::runtime_error.
  virtual Step Decode(const char* from, size_t size, char* to, size_t room) = 0;
  // Whether the bytes so far are complete: one stream or several.
  virtual bool is_complete() const = 0;
};

class InputStream {
 public:
  // Throws Failure(kBadData), as Read() does.
  explicit InputStream(const std::string& path);
  ~InputStream();
  InputStream(const InputStream&) = delete;
  InputStream& operator=(const InputStream&) = delete;

  // Reads at most that many bytes; 0 at the end. What ends before it is
  // complete is a Failure, not an end.
  size_t Read(char* to, size_t size);

  // Of the file as it stands on the disk: how much there is, 0 if nobody knows,
  // and how much of it was read.
  size_t file_size() const { return file_.size(); }
  size_t file_bytes_done() const { return bytes_read_ - (end_ - begin_); }

 private:
  bool Refill();

  std::string name_;
  InputFile file_;
  std::string raw_;  // read and not decoded: from begin_ to before end_
  size_t begin_ = 0;
  size_t end_ = 0;
  size_t bytes_read_ = 0;
  std::unique_ptr<Decoder> decoder_;  // none: the file is what it stands for
};

// A name without ".gz" or ".zst", which says nothing of what is inside.
std::string WithoutCompression(const std::string& path);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_COMPRESSED_H_
