using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>libsoxr 0.1: <c>soxr.h</c>. Specifications that are left out stand for interleaved floats at high quality.</summary>
internal static partial class LibSoxr
{
    public const string FileName = "libsoxr.so.0";

    [LibraryImport(FileName)]
    internal static partial SoxrHandle soxr_create(
        double input_rate,
        double output_rate,
        uint num_channels,
        out nint error,
        nint io_spec,
        nint quality_spec,
        nint runtime_spec);

    /// <summary>A null <paramref name="input"/> says that there is no more.</summary>
    [LibraryImport(FileName)]
    internal static partial nint soxr_process(
        SoxrHandle resampler,
        ref float input,
        nuint ilen,
        out nuint idone,
        ref float output,
        nuint olen,
        out nuint odone);

    [LibraryImport(FileName)]
    internal static partial void soxr_delete(nint resampler);
}
