using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>bcg729 1.1: <c>bcg729/encoder.h</c> and <c>bcg729/decoder.h</c>.</summary>
internal static partial class LibBcg729
{
    public const string FileName = "libbcg729.so.0";

    [LibraryImport(FileName)]
    internal static partial Bcg729EncoderHandle initBcg729EncoderChannel(byte enableVAD);

    [LibraryImport(FileName)]
    internal static partial void closeBcg729EncoderChannel(nint context);

    /// <summary>80 samples to 10 bytes; to 2 or none with voice activity detection.</summary>
    [LibraryImport(FileName)]
    internal static partial void bcg729Encoder(
        Bcg729EncoderHandle context,
        in short inputFrame,
        ref byte bitStream,
        ref byte bitStreamLength);

    [LibraryImport(FileName)]
    internal static partial Bcg729DecoderHandle initBcg729DecoderChannel();

    [LibraryImport(FileName)]
    internal static partial void closeBcg729DecoderChannel(nint context);

    /// <summary>10 bytes, or 2 with the SID flag, to 80 samples.</summary>
    [LibraryImport(FileName)]
    internal static partial void bcg729Decoder(
        Bcg729DecoderHandle context,
        in byte bitStream,
        byte bitStreamLength,
        byte frameErasureFlag,
        byte SIDFrameFlag,
        byte rfc3389PayloadFlag,
        ref short signal);
}
