namespace RtpProxy.Codecs.Srtp;

/// <summary>Suite, master key and master salt of one direction of a call (RFC 3711 section 3.2.1).</summary>
public sealed class SrtpKey
{
    /// <summary>Bytes of key and salt together: 16 and 14.</summary>
    public const int Length = 30;

    private readonly byte[] _keyAndSalt;

    /// <param name="suite">Cipher and length of the authentication tag.</param>
    /// <param name="keyAndSalt">Exactly <see cref="Length"/> bytes, the key first; copied.</param>
    public SrtpKey(SrtpSuite suite, ReadOnlySpan<byte> keyAndSalt)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(keyAndSalt.Length, Length, nameof(keyAndSalt));
        Suite = suite;
        _keyAndSalt = keyAndSalt.ToArray();
    }

    public SrtpSuite Suite { get; }

    public ReadOnlySpan<byte> KeyAndSalt => _keyAndSalt;
}
