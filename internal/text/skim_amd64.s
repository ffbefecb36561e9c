#include "textflag.h"

// The two loops of skim.go that all words of ASCII pass, as it has them.

DATA of<>+0(SB)/1, $0x20
DATA of<>+1(SB)/1, $'a'
DATA of<>+2(SB)/1, $25
DATA of<>+3(SB)/1, $'0'
DATA of<>+4(SB)/1, $9
DATA of<>+5(SB)/1, $0x27 // an apostrophe
DATA of<>+6(SB)/1, $'.'
GLOBL of<>(SB), RODATA, $7

// CLASSIFY has the letters of 32 bytes in l, the digits in d, apostrophes and
// what is not ASCII in o, full stops in p.
#define CLASSIFY(at, l, d, o, p) \
	VMOVDQU  at(SI), Y0   \
	VPOR     Y0, Y1, Y8   \
	VPSUBB   Y2, Y8, Y8   \
	VPMINUB  Y8, Y3, Y9   \
	VPCMPEQB Y8, Y9, Y8   \
	VPMOVMSKB Y8, l       \
	VPSUBB   Y4, Y0, Y8   \
	VPMINUB  Y8, Y5, Y9   \
	VPCMPEQB Y8, Y9, Y8   \
	VPMOVMSKB Y8, d       \
	VPCMPEQB Y0, Y6, Y8   \
	VPOR     Y0, Y8, Y8   \
	VPMOVMSKB Y8, o       \
	VPCMPEQB Y0, Y7, Y8   \
	VPMOVMSKB Y8, p

// func marksQuickly(v *view) (words, odd uint64)
TEXT ·marksQuickly(SB), NOSPLIT, $0-24
	MOVQ v+0(FP), SI
	VPBROADCASTB of<>+0(SB), Y1
	VPBROADCASTB of<>+1(SB), Y2
	VPBROADCASTB of<>+2(SB), Y3
	VPBROADCASTB of<>+3(SB), Y4
	VPBROADCASTB of<>+4(SB), Y5
	VPBROADCASTB of<>+5(SB), Y6
	VPBROADCASTB of<>+6(SB), Y7
	CLASSIFY(0, AX, BX, CX, DX)
	CLASSIFY(32, R8, R9, R10, R11)
	VZEROUPPER
	SHLQ $32, R8
	SHLQ $32, R9
	SHLQ $32, R10
	SHLQ $32, R11
	ORQ  R8, AX           // letters
	ORQ  R9, BX           // digits
	ORQ  R10, CX          // odd
	ORQ  R11, DX          // full stops
	LEAQ (BX)(BX*1), R8
	ANDQ AX, R8
	ORQ  R8, CX           // letters right behind digits
	MOVQ AX, R8
	ORQ  BX, AX           // words
	LEAQ (AX)(AX*1), R9
	MOVQ AX, R10
	SHRQ $1, R10
	ORQ  R9, R10
	ANDNQ R8, R10, R8     // single letters
	SHRQ $1, DX
	ANDQ DX, R8           // before a full stop
	ORQ  R8, CX
	MOVQ AX, words+8(FP)
	MOVQ CX, odd+16(FP)
	RET

// func plainQuickly(v *view, edges, odd uint64, keys *[windowWords]uint64, starts *[windowWords]int32, base int32) (n int, rest uint64)
TEXT ·plainQuickly(SB), NOSPLIT, $0-64
	MOVQ v+0(FP), SI
	MOVQ edges+8(FP), AX
	MOVQ odd+16(FP), R8
	MOVQ keys+24(FP), DI
	MOVQ starts+32(FP), R9
	MOVL base+40(FP), R10
	XORL R11, R11

next:
	TZCNTQ AX, CX         // where it begins
	BLSRQ  AX, BX
	JZ     done           // and where it ends is not here
	TZCNTQ BX, R12
	SUBQ   CX, R12        // its size
	CMPQ   R12, $16
	JA     done
	SHRXQ  CX, R8, R13
	BZHIQ  R12, R13, R13
	JNZ    done           // odd

	// its bytes, padded with zeros
	LEAQ    (R12*8), R15
	XORL    DX, DX
	MOVQ    (SI)(CX*1), R13
	BZHIQ   R15, R13, R13
	SUBQ    $64, R15
	CMOVQCS DX, R15
	MOVQ    8(SI)(CX*1), DX
	BZHIQ   R15, DX, R15

	// in small letters
	MOVQ $0x4040404040404040, DX
	ANDQ R13, DX
	SHRQ $1, DX
	ORQ  DX, R13
	MOVQ $0x4040404040404040, DX
	ANDQ R15, DX
	SHRQ $1, DX
	ORQ  DX, R15

	// the key
	MOVQ    R12, DX
	SHLQ    $56, DX
	XORQ    DX, R15
	XORQ    ·salt+8(SB), R15
	MOVQ    ·salt(SB), DX
	XORQ    R13, DX
	MULXQ   R15, DX, R15
	XORQ    R15, DX
	ORQ     $0xF8, DX
	CMPQ    R12, $8
	CMOVQHI DX, R13
	MOVQ    R13, (DI)(R11*8)
	ADDL    R10, CX
	MOVL    CX, (R9)(R11*4)
	INCQ    R11
	BLSRQ   BX, AX
	JNZ     next

done:
	MOVQ R11, n+48(FP)
	MOVQ AX, rest+56(FP)
	RET
