using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>libgsm 1.0: <c>gsm.h</c>.</summary>
internal static partial class LibGsm
{
    public const string FileName = "libgsm.so.1";

    [LibraryImport(FileName)]
    internal static partial GsmHandle gsm_create();

    [LibraryImport(FileName)]
    internal static partial void gsm_destroy(nint state);

    /// <summary>160 samples to 33 bytes.</summary>
    [LibraryImport(FileName)]
    internal static partial void gsm_encode(GsmHandle state, in short samples, ref byte frame);

    /// <summary>33 bytes to 160 samples; -1 when the signature nibble is missing.</summary>
    [LibraryImport(FileName)]
    internal static partial int gsm_decode(GsmHandle state, in byte frame, ref short samples);
}
