namespace RtpProxy.Lines;

/// <summary>A message, or why there is none.</summary>
/// <param name="Bytes">
/// Borrowed, valid until the next read. Of a message that is too long the first bytes, as many as were allowed; at the end what
/// is left unfinished.
/// </param>
public readonly record struct MessageRead(MessageStatus Status, ReadOnlyMemory<byte> Bytes)
{
    public bool IsWhole => Status == MessageStatus.Whole;
}
