namespace RtpProxy.Io.Posix.Keeping;

/// <summary>A slot that holds something valid, as <see cref="WorkerSlots.Find"/> found it.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Version">Higher ones are newer, among all slots of a worker.</param>
/// <param name="Length">Bytes in it.</param>
public readonly record struct FoundSlot(int Place, long Owner, ulong Version, int Length)
{
    /// <summary>Which of the two halves.</summary>
    internal int Half { get; init; }
}
