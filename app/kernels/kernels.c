/* All of it, compiled once for each kind of processor, and what the caller asks before it calls. */
#include "backward.c"
#include "forward.c"

EXPORTED int64_t KINDLY(fingerprint)(void) { return FINGERPRINT; }

EXPORTED int KINDLY(runs_here)(void) {
#if defined(__AVX512F__)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#elif defined(__AVX2__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return 1;
#endif
}

EXPORTED const char *KINDLY(compiler)(void) {
#if defined(__clang__)
    return __VERSION__ BESIDE;
#else
    return "GCC " __VERSION__ BESIDE;
#endif
}
