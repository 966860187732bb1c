#define _GNU_SOURCE
#include "CLinux.h"

int apus_enter_network(int descriptor) { return setns(descriptor, CLONE_NEWNET); }
