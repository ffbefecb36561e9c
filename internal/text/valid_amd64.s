#include "textflag.h"

// valid as Keiser and Lemire do it ("Validating UTF-8 In Less Than One
// Instruction Per Byte", 2021): of each two bytes side by side three tables, asked
// by half a byte each, tell what may be wrong with them; it is wrong where all three
// agree. What is left is whether third and fourth bytes stand where they must.

// The errors, by bit: a character that is too short (0) or too long (1), of
// three bytes where two would do (2), beyond U+10FFFF (3, 6), half of a surrogate
// pair (4), of two where one would do (5), of four where three would (6), and
// two bytes side by side that go on a character (7), which is right where the
// first of the character is two or three places before.

// by the upper half of the first byte
DATA firsts<>+0(SB)/8, $0x0202020202020202
DATA firsts<>+8(SB)/8, $0x4915012180808080
GLOBL firsts<>(SB), RODATA, $16

// by its lower half
DATA lowers<>+0(SB)/8, $0xCBCBCB8B8383A3E7
DATA lowers<>+8(SB)/8, $0xCBCBDBCBCBCBCBCB
GLOBL lowers<>(SB), RODATA, $16

// by the upper half of the second
DATA seconds<>+0(SB)/8, $0x0101010101010101
DATA seconds<>+8(SB)/8, $0x01010101BABAAEE6
GLOBL seconds<>(SB), RODATA, $16

// what the last bytes of a text may be at most
DATA lasts<>+0(SB)/8, $0xFFFFFFFFFFFFFFFF
DATA lasts<>+8(SB)/8, $0xFFFFFFFFFFFFFFFF
DATA lasts<>+16(SB)/8, $0xFFFFFFFFFFFFFFFF
DATA lasts<>+24(SB)/8, $0xBFDFEFFFFFFFFFFF
GLOBL lasts<>(SB), RODATA, $32

DATA few<>+0(SB)/1, $0x0F
DATA few<>+1(SB)/1, $0x60 // from 0xE0 on, 0x80 and more is left above this
DATA few<>+2(SB)/1, $0x70 // from 0xF0 on
DATA few<>+3(SB)/1, $0x80
GLOBL few<>(SB), RODATA, $4

// CHECK adds to Y0 what is wrong with Y8, of which Y9, Y10 and Y11 begin one, two
// and three bytes before.
#define CHECK \
	VPSRLW   $4, Y9, Y12     \
	VPAND    Y4, Y12, Y12    \
	VPSHUFB  Y12, Y1, Y12    \
	VPAND    Y4, Y9, Y13     \
	VPSHUFB  Y13, Y2, Y13    \
	VPAND    Y12, Y13, Y12   \
	VPSRLW   $4, Y8, Y13     \
	VPAND    Y4, Y13, Y13    \
	VPSHUFB  Y13, Y3, Y13    \
	VPAND    Y12, Y13, Y12   \
	VPSUBUSB Y5, Y10, Y10    \
	VPSUBUSB Y6, Y11, Y11    \
	VPOR     Y10, Y11, Y10   \
	VPAND    Y7, Y10, Y10    \
	VPXOR    Y10, Y12, Y12   \
	VPOR     Y12, Y0, Y0

// func validQuickly(s string) bool
TEXT ·validQuickly(SB), NOSPLIT, $0-17
	MOVQ           s_base+0(FP), SI
	MOVQ           s_len+8(FP), CX

	// Most texts are read here for the first time since they came, and lie far
	// off: all is called for at once.
	XORL AX, AX

far:
	PREFETCHT0 (SI)(AX*1)
	ADDQ       $64, AX
	CMPQ       AX, CX
	JLT        far

	VPXOR          Y0, Y0, Y0
	VBROADCASTI128 firsts<>(SB), Y1
	VBROADCASTI128 lowers<>(SB), Y2
	VBROADCASTI128 seconds<>(SB), Y3
	VPBROADCASTB   few<>+0(SB), Y4
	VPBROADCASTB   few<>+1(SB), Y5
	VPBROADCASTB   few<>+2(SB), Y6
	VPBROADCASTB   few<>+3(SB), Y7

	// before the first bytes there is nothing
	VMOVDQU    (SI), Y8
	VPERM2I128 $0x08, Y8, Y8, Y12
	VPALIGNR   $15, Y12, Y8, Y9
	VPALIGNR   $14, Y12, Y8, Y10
	VPALIGNR   $13, Y12, Y8, Y11
	CHECK
	MOVQ       $32, AX
	LEAQ       -32(CX), BX // where the last bytes begin
	LEAQ       -64(CX), DX

ascii:
	CMPQ      AX, DX
	JGT       others
	VMOVDQU   (SI)(AX*1), Y8
	VPOR      32(SI)(AX*1), Y8, Y8
	VPOR      -3(SI)(AX*1), Y8, Y8
	VPMOVMSKB Y8, R8
	TESTL     R8, R8
	JNZ       others
	ADDQ      $64, AX
	JMP       ascii

others:
	CMPQ    AX, BX
	JGE     last
	VMOVDQU (SI)(AX*1), Y8
	VMOVDQU -1(SI)(AX*1), Y9
	VMOVDQU -2(SI)(AX*1), Y10
	VMOVDQU -3(SI)(AX*1), Y11
	CHECK
	ADDQ    $32, AX
	JMP     others

last:
	VMOVDQU  (SI)(BX*1), Y8
	VMOVDQU  -1(SI)(BX*1), Y9
	VMOVDQU  -2(SI)(BX*1), Y10
	VMOVDQU  -3(SI)(BX*1), Y11
	CHECK
	VMOVDQU  lasts<>(SB), Y12
	VPSUBUSB Y12, Y8, Y12 // a character that goes on behind them
	VPOR     Y12, Y0, Y0
	VPTEST   Y0, Y0
	SETEQ    ret+16(FP)
	VZEROUPPER
	RET
