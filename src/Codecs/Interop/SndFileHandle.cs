using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>SNDFILE *</c>.</summary>
internal sealed class SndFileHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>What closing said, for the caller who must know whether the last bytes reached the disk.</summary>
    public int CloseResult { get; private set; }

    protected override bool ReleaseHandle()
    {
        CloseResult = LibSndFile.sf_close(handle);
        return CloseResult == 0;
    }
}
