using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>SF_INFO</c> of <c>sndfile.h</c>; 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SF_INFO
{
    public long frames;
    public int samplerate;
    public int channels;
    public int format;
    public int sections;
    public int seekable;
}
