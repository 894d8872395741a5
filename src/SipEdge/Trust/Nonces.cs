using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace RtpProxy.SipEdge.Trust;

/// <summary>
/// Nonces that need no memory until they are used: the time, chance, and a keyed hash of both. Of those in use it is
/// remembered which counts (<c>nc</c>) have come, so that none is good twice (RFC 7616 section 5.12).
/// </summary>
/// <remarks>Thread-safe by one lock. Bounded: when too many are in use, the oldest ones are asked for anew.</remarks>
internal sealed class Nonces(byte[] key, TimeProvider time)
{
    /// <summary>How many nonces in use are remembered.</summary>
    public const int MaxKept = 20_000;

    private const int ContentLength = 12;
    private const int Length = 21; // Four characters for three bytes, none of them with bits to spare.
    private const int Window = 64; // Counts may overtake each other over UDP.

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Use> _used = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, uint Issued)> _order = new();
    private uint _forgottenUntil;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _used.Count;
            }
        }
    }

    public string Make()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Now);
        RandomNumberGenerator.Fill(bytes[sizeof(uint)..ContentLength]);
        Sign(bytes[..ContentLength], bytes[ContentLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Uses a nonce for one request; its credentials have been found right.</summary>
    /// <param name="count">Value of <c>nc</c>; empty for phones that know none: then the nonce is good once.</param>
    /// <returns>False when it is not ours, too old, or used for that count.</returns>
    public bool TryUse(string nonce, string count)
    {
        if (!TryOpen(nonce, out uint issued) || !TryReadCount(count, out uint number))
        {
            return false;
        }

        lock (_gate)
        {
            ForgetOld();
            if (!_used.TryGetValue(nonce, out Use use))
            {
                if (issued <= _forgottenUntil)
                {
                    return false;
                }

                _order.Enqueue((nonce, issued));
            }

            if (number <= use.Highest && (use.Highest - number >= Window || (use.Seen >> (int)(use.Highest - number) & 1) != 0))
            {
                return false;
            }

            _used[nonce] = use.With(number);
            return true;
        }
    }

    private uint Now => (uint)time.GetUtcNow().ToUnixTimeSeconds();

    private bool TryOpen(string nonce, out uint issued)
    {
        issued = 0;
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> signature = stackalloc byte[Length - ContentLength];
        if (nonce.Length != Length / 3 * 4 || !Base64Url.TryDecodeFromChars(nonce, bytes, out int length) || length != Length)
        {
            return false;
        }

        Sign(bytes[..ContentLength], signature);
        issued = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return CryptographicOperations.FixedTimeEquals(signature, bytes[ContentLength..]) && !IsOld(issued);
    }

    private bool IsOld(uint issued) => Now - issued > (uint)Lifetime.TotalSeconds;

    private void ForgetOld()
    {
        while (_order.TryPeek(out (string Nonce, uint Issued) oldest) && (IsOld(oldest.Issued) || _order.Count >= MaxKept))
        {
            _order.Dequeue();
            _used.Remove(oldest.Nonce);
            _forgottenUntil = Math.Max(_forgottenUntil, oldest.Issued);
        }
    }

    private void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, hash);
        hash[..signature.Length].CopyTo(signature);
    }

    // nc-value = 8LHEX
    private static bool TryReadCount(string text, out uint count)
    {
        count = uint.MaxValue; // Nothing comes after it.
        return text.Length == 0
            || (text.Length == 8 && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count) && count > 0);
    }

    private readonly record struct Use(uint Highest, ulong Seen)
    {
        public Use With(uint number) => number > Highest
            ? new Use(number, (number - Highest >= Window ? 0 : Seen << (int)(number - Highest)) | 1)
            : this with { Seen = Seen | (1UL << (int)(Highest - number)) };
    }
}
