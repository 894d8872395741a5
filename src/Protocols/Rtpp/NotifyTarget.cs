namespace RtpProxy.Protocols.Rtpp;

/// <summary>The last two arguments of a <c>U</c>: who is told when the session times out, and what (section 3.6).</summary>
/// <param name="Socket">The socket name as the controller wrote it; never decoded.</param>
/// <param name="Tag">The decoded tag; any bytes, NUL and LF included.</param>
public sealed record NotifyTarget(string Socket, byte[] Tag)
{
    public bool Equals(NotifyTarget? other) =>
        other is not null && Socket == other.Socket && Tag.AsSpan().SequenceEqual(other.Tag);

    public override int GetHashCode() => HashCode.Combine(Socket, Tag.Length);
}
