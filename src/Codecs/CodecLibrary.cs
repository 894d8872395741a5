using System.Runtime.InteropServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs;

/// <summary>A shared library of the system that does what this project does not do itself. Loaded when first asked for.</summary>
/// <param name="Purpose">What it is needed for, as the subject of a sentence.</param>
/// <param name="FileName">Name that the dynamic linker knows it by.</param>
/// <param name="DebianPackage">Package that installs it on Debian and its relatives.</param>
public sealed record CodecLibrary(string Purpose, string FileName, string DebianPackage)
{
    public static CodecLibrary Gsm { get; } = new("GSM 06.10", LibGsm.FileName, "libgsm1");

    public static CodecLibrary Bcg729 { get; } = new("G.729", LibBcg729.FileName, "libbcg729-0");

    public static CodecLibrary SpanDsp { get; } = new("G.722", LibSpanDsp.FileName, "libspandsp2");

    public static CodecLibrary SndFile { get; } = new("Audio files", LibSndFile.FileName, "libsndfile1");

    public static CodecLibrary Soxr { get; } = new("Resampling", LibSoxr.FileName, "libsoxr0");

    public static CodecLibrary Srtp { get; } = new("SRTP", LibSrtp.FileName, "libsrtp2-1");

    /// <summary>Loads the library if that has not happened; it then stays in the process.</summary>
    public bool IsAvailable => NativeLibrary.TryLoad(FileName, typeof(CodecLibrary).Assembly, searchPath: null, out _);

    /// <summary>One line for people that says what to install.</summary>
    public string MissingMessage =>
        $"{Purpose} not available: cannot load {FileName}, install the package {DebianPackage}";

    /// <exception cref="CodecLibraryMissingException">The library cannot be loaded.</exception>
    public void Require()
    {
        if (!IsAvailable)
        {
            throw new CodecLibraryMissingException(this);
        }
    }
}
