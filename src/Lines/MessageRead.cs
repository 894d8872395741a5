using System.Buffers;

namespace RtpProxy.Lines;

/// <summary>A message, or why there is none.</summary>
/// <param name="Sequence">
/// Borrowed, valid until the next read. Of a message that is too long the first bytes, as many as were allowed; at the end what
/// is left unfinished.
/// </param>
internal readonly record struct MessageRead(MessageStatus Status, ReadOnlySequence<byte> Sequence)
{
    public bool IsWhole => Status == MessageStatus.Whole;

    /// <summary>The same in one piece, valid as long: a copy if it came in several.</summary>
    public ReadOnlyMemory<byte> Bytes => Sequence.IsSingleSegment ? Sequence.First : Sequence.ToArray();
}
