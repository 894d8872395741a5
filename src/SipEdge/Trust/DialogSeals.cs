using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Trust;

/// <summary>
/// Tells our dialogs from others without remembering them: a parameter of Record-Route that comes back in Route, with the
/// addresses of both ends and a keyed hash of them, the Call-ID and the initiator's tag.
/// </summary>
internal sealed class DialogSeals(byte[] key)
{
    /// <summary>The parameter's name.</summary>
    public const string Parameter = "seal";

    private const int SignatureLength = 12;
    private const int MaxLength = 1 + (2 * (1 + 16 + 2)) + SignatureLength;

    public string Make(string callId, string? initiatorTag, in DialogEnds ends)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        bytes[0] = (byte)ends.Traits;
        int length = 1;
        length += Write(ends.Initiator, bytes[length..]);
        length += Write(ends.Responder, bytes[length..]);
        Sign(callId, initiatorTag, bytes[..length], bytes.Slice(length, SignatureLength));
        return Convert.ToHexStringLower(bytes[..(length + SignatureLength)]);
    }

    /// <summary>Reads a seal that a request within a dialog has brought back.</summary>
    /// <param name="isFromInitiator">Which of the ends sends the request.</param>
    /// <returns>False when it is not ours, or of another dialog.</returns>
    public bool TryOpen(string seal, SipMessage request, out DialogEnds ends, out bool isFromInitiator)
    {
        ends = default;
        isFromInitiator = false;
        if (seal.Length > 2 * MaxLength || request.ToTag is null)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        if (Convert.FromHexString(seal, bytes, out _, out int length) != System.Buffers.OperationStatus.Done || length <= SignatureLength)
        {
            return false;
        }

        ReadOnlySpan<byte> content = bytes[..(length - SignatureLength)];
        ReadOnlySpan<byte> signature = bytes[content.Length..length];
        isFromInitiator = IsSigned(request.CallId!, request.FromTag, content, signature);
        return (isFromInitiator || IsSigned(request.CallId!, request.ToTag, content, signature)) && TryRead(content, out ends);
    }

    private bool IsSigned(string callId, string? tag, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SignatureLength];
        Sign(callId, tag, content, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    private void Sign(string callId, string? tag, ReadOnlySpan<byte> content, Span<byte> signature)
    {
        byte[] all = [.. Encoding.Latin1.GetBytes($"dialog\n{callId}\n{tag}\n"), .. content];
        HMACSHA256.HashData(key, all).AsSpan(0, signature.Length).CopyTo(signature);
    }

    // One octet: the transport, and the length of the address that follows; then the port.
    private static int Write(NextHop end, Span<byte> target)
    {
        IPAddress address = IPAddress.Parse(end.Host);
        address.TryWriteBytes(target[1..], out int length);
        target[0] = (byte)(((int)end.Transport << 7) | length);
        BinaryPrimitives.WriteUInt16BigEndian(target[(1 + length)..], (ushort)end.Port);
        return 1 + length + sizeof(ushort);
    }

    private static bool TryRead(ReadOnlySpan<byte> content, out DialogEnds ends)
    {
        int position = 1;
        NextHop initiator = Read(content, ref position);
        ends = new DialogEnds(initiator, Read(content, ref position), (DialogTraits)content[0]);
        return true;
    }

    private static NextHop Read(ReadOnlySpan<byte> content, ref int position)
    {
        int head = content[position++];
        var address = new IPAddress(content.Slice(position, head & 0x7F));
        position += head & 0x7F;
        int port = BinaryPrimitives.ReadUInt16BigEndian(content[position..]);
        position += sizeof(ushort);
        return new NextHop((SipTransport)(head >> 7), address.ToString(), port);
    }
}
