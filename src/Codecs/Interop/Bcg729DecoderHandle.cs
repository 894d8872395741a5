using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>bcg729DecoderChannelContextStruct</c>.</summary>
internal sealed class Bcg729DecoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibBcg729.closeBcg729DecoderChannel(handle);
        return true;
    }
}
