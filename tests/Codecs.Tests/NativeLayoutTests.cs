using System.Runtime.InteropServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs.Tests;

/// <summary>The structures have the layout of the C headers, on machines of 64 bits.</summary>
public sealed class NativeLayoutTests
{
    [Fact]
    public void SF_INFO_is_laid_out_as_in_sndfile_h()
    {
        Marshal.SizeOf<SF_INFO>().ShouldBe(32);
        Marshal.OffsetOf<SF_INFO>(nameof(SF_INFO.samplerate)).ShouldBe(8);
        Marshal.OffsetOf<SF_INFO>(nameof(SF_INFO.format)).ShouldBe(16);
    }

    [Fact]
    public void Srtp_policies_are_laid_out_as_in_srtp_h()
    {
        Marshal.SizeOf<srtp_crypto_policy_t>().ShouldBe(24);
        Marshal.SizeOf<srtp_policy_t>().ShouldBe(128);
        Marshal.OffsetOf<srtp_policy_t>(nameof(srtp_policy_t.rtp)).ShouldBe(8);
        Marshal.OffsetOf<srtp_policy_t>(nameof(srtp_policy_t.key)).ShouldBe(56);
        Marshal.OffsetOf<srtp_policy_t>(nameof(srtp_policy_t.window_size)).ShouldBe(88);
        Marshal.OffsetOf<srtp_policy_t>(nameof(srtp_policy_t.next)).ShouldBe(120);
    }
}
