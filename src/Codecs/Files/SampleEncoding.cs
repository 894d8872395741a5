namespace RtpProxy.Codecs.Files;

/// <summary>How samples are kept in a file; the values are the <c>SF_FORMAT_*</c> subtypes of libsndfile.</summary>
public enum SampleEncoding
{
    PcmS8 = 0x01,
    Pcm16 = 0x02,
    Pcm24 = 0x03,
    Pcm32 = 0x04,
    PcmU8 = 0x05,
    SinglePrecision = 0x06,
    DoublePrecision = 0x07,
    MuLaw = 0x10,
    ALaw = 0x11,
    ImaAdpcm = 0x12,
    MsAdpcm = 0x13,
    Gsm610 = 0x20,
    VoxAdpcm = 0x21,
    G721At32 = 0x30,
    G723At24 = 0x31,
    G723At40 = 0x32,
    Dwvw12 = 0x40,
    Dwvw16 = 0x41,
    Dwvw24 = 0x42,
    DwvwN = 0x43,
    Dpcm8 = 0x50,
    Dpcm16 = 0x51,
    Vorbis = 0x60,
    Opus = 0x64,
    MpegLayer3 = 0x82,
}
