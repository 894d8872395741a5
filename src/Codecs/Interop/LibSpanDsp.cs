using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>spandsp 0.0.6: <c>spandsp/g722.h</c>.</summary>
internal static partial class LibSpanDsp
{
    public const string FileName = "libspandsp.so.2";

    public const int G722_SAMPLE_RATE_8000 = 1;

    [LibraryImport(FileName)]
    internal static partial G722EncoderHandle g722_encode_init(nint state, int rate, int options);

    [LibraryImport(FileName)]
    internal static partial int g722_encode_free(nint state);

    [LibraryImport(FileName)]
    internal static partial int g722_encode(G722EncoderHandle state, ref byte g722_data, in short amp, int len);

    [LibraryImport(FileName)]
    internal static partial G722DecoderHandle g722_decode_init(nint state, int rate, int options);

    [LibraryImport(FileName)]
    internal static partial int g722_decode_free(nint state);

    [LibraryImport(FileName)]
    internal static partial int g722_decode(G722DecoderHandle state, ref short amp, in byte g722_data, int len);
}
