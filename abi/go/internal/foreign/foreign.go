// Package foreign makes streams that are not the library's, for the tests.
package foreign

/*
#include <stdlib.h>
#include <string.h>

#include <influence/influence.h>

struct Failing {
  int schema_error, next_error;
  char text[64];
};

static void ReleaseSchema(struct ArrowSchema* schema) { schema->release = NULL; }

static int GetSchema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  static struct ArrowSchema likes = {
      .format = "l", .name = "likes", .release = ReleaseSchema};
  static struct ArrowSchema* children[] = {&likes};
  const struct Failing* failing = stream->private_data;
  if (failing->schema_error != 0) return failing->schema_error;
  likes.release = ReleaseSchema;
  *out = (struct ArrowSchema){.format = "+s", .name = "", .n_children = 1,
                              .children = children, .release = ReleaseSchema};
  return 0;
}

static int GetNext(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  const struct Failing* failing = stream->private_data;
  memset(out, 0, sizeof *out);
  return failing->next_error;
}

static const char* GetLastError(struct ArrowArrayStream* stream) {
  return ((struct Failing*)stream->private_data)->text;
}

static void Release(struct ArrowArrayStream* stream) {
  free(stream->private_data);
  stream->release = NULL;
}

static void MakeFailing(struct ArrowArrayStream* out, int schema_error,
                        int next_error, const char* text) {
  struct Failing* failing = calloc(1, sizeof *failing);
  failing->schema_error = schema_error;
  failing->next_error = next_error;
  strncpy(failing->text, text, sizeof failing->text - 1);
  *out = (struct ArrowArrayStream){GetSchema, GetNext, GetLastError, Release,
                                   failing};
}
*/
import "C"

import (
	"syscall"
	"unsafe"
)

// Stream has the memory of a struct ArrowArrayStream.
type Stream [5]uintptr

// Failing makes a stream of likes whose schema or first table fails, unless it
// is 0, with these words.
func Failing(out *Stream, schema, next syscall.Errno, words string) {
	text := C.CString(words)
	defer C.free(unsafe.Pointer(text))
	C.MakeFailing((*C.struct_ArrowArrayStream)(unsafe.Pointer(out)), C.int(schema), C.int(next), text)
}
