// Stand-in for libFuzzer: runs a fuzz target over the files of a folder, so
// that each runs under any compiler as an ordinary test. Besides each file it
// tries every shorter prefix of it and every byte of it inverted.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// Larger files are run as they are: their edits would take too long.
constexpr size_t kMaxEditedBytes = 4096;

// A copy of its own, so that a sanitizer sees a read past the end.
void Run(std::vector<uint8_t> bytes) {
  bytes.shrink_to_fit();
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void Replay(const std::vector<uint8_t>& bytes) {
  Run(bytes);
  if (bytes.size() > kMaxEditedBytes) return;
  for (size_t i = 0; i < bytes.size(); ++i) {
    Run({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(i)});
    std::vector<uint8_t> edited = bytes;
    edited[i] = static_cast<uint8_t>(~edited[i]);
    Run(std::move(edited));
  }
}

}  // namespace

int main(int argc, char** argv) {
  int files = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      Replay({std::istreambuf_iterator<char>(in), {}});
      ++files;
    }
  }
  std::printf("%d files\n", files);
  return files > 0 ? 0 : 1;
}
