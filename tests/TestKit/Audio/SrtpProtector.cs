using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RtpProxy.TestKit.Audio;

/// <summary>
/// Makes SRTP of RTP with AES-CM and HMAC-SHA1, written from RFC 3711 sections 4.1 and 4.3; independent of the library that
/// the tools use.
/// </summary>
public sealed class SrtpProtector : IDisposable
{
    private const int KeyLength = 16;
    private const int SaltLength = 14;
    private const int AuthenticationKeyLength = 20;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _authenticationKey;
    private readonly byte[] _salt;
    private readonly int _tagLength;

    /// <param name="keyAndSalt">Master key of 16 bytes and master salt of 14.</param>
    /// <param name="tagLength">10 or 4 bytes.</param>
    public SrtpProtector(byte[] keyAndSalt, int tagLength)
    {
        _aes.Key = keyAndSalt[..KeyLength];
        byte[] masterSalt = keyAndSalt[KeyLength..];
        byte[] key = Derive(masterSalt, label: 0, KeyLength);
        _authenticationKey = Derive(masterSalt, label: 1, AuthenticationKeyLength);
        _salt = Derive(masterSalt, label: 2, SaltLength);
        _aes.Key = key;
        _tagLength = tagLength;
    }

    /// <param name="packet">RTP with a header of 12 bytes.</param>
    /// <param name="rolloverCounter">How often the sequence number has wrapped.</param>
    public byte[] Protect(byte[] packet, uint rolloverCounter = 0)
    {
        // IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16)
        byte[] iv = [.. _salt, 0, 0];
        for (int i = 0; i < 4; i++)
        {
            iv[4 + i] ^= packet[8 + i];
        }

        BinaryPrimitives.WriteUInt32BigEndian(
            iv.AsSpan(8), BinaryPrimitives.ReadUInt32BigEndian(iv.AsSpan(8)) ^ rolloverCounter);
        iv[12] ^= packet[2];
        iv[13] ^= packet[3];
        byte[] keystream = Keystream(iv, packet.Length - 12);
        byte[] encrypted = [.. packet];
        for (int i = 0; i < keystream.Length; i++)
        {
            encrypted[12 + i] ^= keystream[i];
        }

        byte[] authenticated = [.. encrypted, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(authenticated.AsSpan(encrypted.Length), rolloverCounter);
#pragma warning disable CA5350 // SRTP is defined with HMAC-SHA1.
        byte[] tag = HMACSHA1.HashData(_authenticationKey, authenticated);
#pragma warning restore CA5350
        return [.. encrypted, .. tag[.._tagLength]];
    }

    public void Dispose() => _aes.Dispose();

    private byte[] Derive(byte[] masterSalt, byte label, int length)
    {
        byte[] iv = [.. masterSalt, 0, 0];
        iv[7] ^= label;
        return Keystream(iv, length);
    }

    private byte[] Keystream(byte[] iv, int length)
    {
        byte[] stream = new byte[(length + 15) / 16 * 16];
        for (int block = 0; block < stream.Length / 16; block++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(iv.AsSpan(14), (ushort)block);
            _aes.EncryptEcb(iv, stream.AsSpan(block * 16, 16), PaddingMode.None);
        }

        return stream[..length];
    }
}
