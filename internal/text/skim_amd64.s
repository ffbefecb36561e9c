#include "textflag.h"

// The two loops of skim.go that all words of ASCII pass, as it has them.

// eight of each
DATA of<>+0(SB)/8, $0x2020202020202020
DATA of<>+8(SB)/8, $0x6161616161616161 // 'a'
DATA of<>+16(SB)/8, $0x1919191919191919
DATA of<>+24(SB)/8, $0x3030303030303030 // '0'
DATA of<>+32(SB)/8, $0x0909090909090909
DATA of<>+40(SB)/8, $0x2727272727272727 // an apostrophe
DATA of<>+48(SB)/8, $0x2E2E2E2E2E2E2E2E // a full stop
GLOBL of<>(SB), RODATA, $56

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
	VPBROADCASTQ of<>+0(SB), Y1
	VPBROADCASTQ of<>+8(SB), Y2
	VPBROADCASTQ of<>+16(SB), Y3
	VPBROADCASTQ of<>+24(SB), Y4
	VPBROADCASTQ of<>+32(SB), Y5
	VPBROADCASTQ of<>+40(SB), Y6
	VPBROADCASTQ of<>+48(SB), Y7
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
	ANDNQ R8, R9, R8      // letters that words begin with
	SHRQ $1, DX
	ANDQ DX, R8           // right before a full stop
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
	LEAQ ·masks(SB), R13
	VPBROADCASTQ of<>+0(SB), X1 // a digit is the same in small letters
	VMOVDQU ·salt(SB), X2

next:
	TZCNTQ AX, CX         // where it begins
	BLSRQ  AX, BX
	JZ     done           // and where it ends is not here
	TZCNTQ BX, R12
	SUBQ   CX, R12        // its size
	CMPQ   R12, $16
	JA     done
	SHRXQ  CX, R8, DX
	BZHIQ  R12, DX, DX
	JNZ    done           // odd

	// its bytes in small letters, padded with zeros
	SHLQ   $5, R12        // where in masks it is
	VPOR   (SI)(CX*1), X1, X0
	VPAND  (R13)(R12*1), X0, X0
	VMOVQ  X0, R15

	// the key
	VPXOR   16(R13)(R12*1), X0, X0
	VPXOR   X0, X2, X0
	VMOVQ   X0, DX
	VPEXTRQ $1, X0, R14
	MULXQ   R14, DX, R14
	XORQ    R14, DX
	ORQ     $0xF8, DX
	CMPQ    R12, $(8<<5)   // up to eight bytes are their own key
	CMOVQHI DX, R15
	MOVQ    R15, (DI)(R11*8)
	ADDL    R10, CX
	MOVL    CX, (R9)(R11*4)
	INCQ    R11
	BLSRQ   BX, AX
	JNZ     next

done:
	MOVQ R11, n+48(FP)
	MOVQ AX, rest+56(FP)
	RET
