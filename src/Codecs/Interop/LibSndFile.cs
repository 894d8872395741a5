using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>libsndfile 1.0 to 1.2: <c>sndfile.h</c>.</summary>
internal static partial class LibSndFile
{
    public const string FileName = "libsndfile.so.1";

    public const int SFM_READ = 0x10;
    public const int SFM_WRITE = 0x20;
    public const int SF_FALSE = 0;
    public const int SF_FORMAT_TYPEMASK = 0x0fff_0000;

    [LibraryImport(FileName, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SndFileHandle sf_open(string path, int mode, ref SF_INFO sfinfo);

    [LibraryImport(FileName)]
    internal static partial int sf_close(nint sndfile);

    [LibraryImport(FileName)]
    internal static partial int sf_format_check(in SF_INFO info);

    [LibraryImport(FileName)]
    internal static partial int sf_error(SndFileHandle sndfile);

    /// <summary>The message of a file.</summary>
    [LibraryImport(FileName)]
    internal static partial nint sf_strerror(SndFileHandle sndfile);

    /// <summary>The message of the last <c>sf_open</c> that failed, for a null pointer.</summary>
    [LibraryImport(FileName, EntryPoint = "sf_strerror")]
    internal static partial nint sf_strerror_of_open(nint sndfile);

    [LibraryImport(FileName)]
    internal static partial long sf_write_short(SndFileHandle sndfile, in short ptr, long items);

    [LibraryImport(FileName)]
    internal static partial long sf_readf_float(SndFileHandle sndfile, ref float ptr, long frames);

    [LibraryImport(FileName)]
    internal static partial long sf_seek(SndFileHandle sndfile, long frames, int whence);
}
