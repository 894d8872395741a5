using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs.Srtp;

/// <summary>
/// Authenticates and decrypts the packets of one SRTP stream, which is that of the first packet it gets (RFC 3711). A packet
/// seen before, or more than 128 behind the newest, is refused.
/// </summary>
/// <remarks>For one thread.</remarks>
public sealed class SrtpReceiver : IDisposable
{
    private const int SsrcOffset = 8;
    private const int MinPacketLength = 12;
    private const int ReplayWindow = 128;

    private readonly SrtpKey _key;
    private SrtpHandle? _session;

    /// <exception cref="CodecLibraryMissingException">libsrtp2 is not installed.</exception>
    public SrtpReceiver(SrtpKey key)
    {
        CodecLibrary.Srtp.Require();
        _key = key;
    }

    /// <summary>Decrypts in place.</summary>
    /// <param name="packet">An SRTP packet, of any content.</param>
    /// <param name="length">Bytes of the RTP packet that <paramref name="packet"/> now begins with.</param>
    /// <returns>False when the packet is not genuine; its bytes are then not to be used.</returns>
    public bool TryUnprotect(Span<byte> packet, out int length)
    {
        length = packet.Length;
        if (packet.Length < MinPacketLength)
        {
            return false;
        }

        _session ??= CreateSession(BinaryPrimitives.ReadUInt32BigEndian(packet[SsrcOffset..]));
        return LibSrtp.srtp_unprotect(_session, ref packet[0], ref length) == LibSrtp.srtp_err_status_ok;
    }

    public void Dispose() => _session?.Dispose();

    private SrtpHandle CreateSession(uint ssrc)
    {
        srtp_policy_t policy = new()
        {
            ssrc_type = LibSrtp.ssrc_specific,
            ssrc_value = ssrc,
            window_size = ReplayWindow,
        };
        if (_key.Suite == SrtpSuite.AesCm128HmacSha1Tag32)
        {
            LibSrtp.srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(ref policy.rtp);
        }
        else
        {
            LibSrtp.srtp_crypto_policy_set_rtp_default(ref policy.rtp);
        }

        LibSrtp.srtp_crypto_policy_set_rtp_default(ref policy.rtcp);
        nint key = Marshal.AllocHGlobal(SrtpKey.Length);
        try
        {
            Marshal.Copy(_key.KeyAndSalt.ToArray(), 0, key, SrtpKey.Length);
            policy.key = key;
            if (SrtpKernel.Status != LibSrtp.srtp_err_status_ok)
            {
                throw new InvalidOperationException($"libsrtp2 failed its self test: {SrtpKernel.Status}");
            }

            int result = LibSrtp.srtp_create(out SrtpHandle session, policy);
            return result == LibSrtp.srtp_err_status_ok
                ? session
                : throw new InvalidOperationException($"libsrtp2 refused the policy: {result}");
        }
        finally
        {
            Marshal.FreeHGlobal(key);
        }
    }
}
