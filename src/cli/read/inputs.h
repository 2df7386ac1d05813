// Files in; "-" is standard input.
//
// A file as the bytes it stands for: what gzip or zstd has compressed is read
// as if it were not, told by how it begins, whatever it is called.
#ifndef INFLUENCE_CLI_READ_INPUTS_H_
#define INFLUENCE_CLI_READ_INPUTS_H_

#include <cstddef>
#include <memory>
#include <string>

namespace influence::cli {

// A file, read bit by bit.
class InputFile {
 public:
  // Throws Failure(kBadData), as Read() does.
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // Reads at most that many bytes; 0 at the end.
  size_t Read(char* to, size_t size);

  // In bytes; 0 if it has none, as a pipe.
  size_t size() const { return size_; }

 private:
  [[noreturn]] void Fail() const;

  std::string path_;
  int descriptor_;
  size_t size_ = 0;
};

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

  // Reads at most that many bytes; 0 at the end. A file that ends in the middle
  // of compressed data is a Failure.
  size_t Read(char* to, size_t size);

  // The size of the file on the disk, 0 if it is unknown, and how many of its
  // bytes were read.
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

// The most that ReadAll() takes: what is read whole is held several times over.
inline constexpr size_t kMostWholeBytes = size_t{1} << 30;

// Reads a whole file, decompressed. Throws Failure(kBadData) when there is no
// such file, or it cannot be read or is larger.
std::string ReadAll(const std::string& path);

// A name without ".gz" or ".zst", which says nothing of what is inside.
std::string WithoutCompression(const std::string& path);

enum class InputFormat { kCsv, kJsonl, kProto };

// Returns a file's format: `format` if it is set, or by the file's name
// (without .gz or .zst), or `otherwise`. Throws Failure(kUsage) if none of them
// says.
InputFormat FormatOf(const std::string& file, const std::string& format,
                     const std::string& otherwise = "");

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_INPUTS_H_
