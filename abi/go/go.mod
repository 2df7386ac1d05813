module github.com/libinfluence/libinfluence/abi/go

go 1.24.0

require google.golang.org/protobuf v1.36.11
