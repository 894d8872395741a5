using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>bcg729EncoderChannelContextStruct</c>.</summary>
internal sealed class Bcg729EncoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibBcg729.closeBcg729EncoderChannel(handle);
        return true;
    }
}
