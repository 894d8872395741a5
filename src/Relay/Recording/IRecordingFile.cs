namespace RtpProxy.Relay.Recording;

/// <summary>
/// One open recording. The core writes whole records into borrowed space; a writer thread puts them on disk. Nothing
/// here blocks: when the writer cannot keep up, records are lost and counted, packets are not.
/// </summary>
/// <remarks>Owned by one worker once it is open, and shared by the streams of one session in single-file mode.</remarks>
public interface IRecordingFile
{
    /// <summary>What it is found again by (<see cref="Snapshots.IInheritance"/>); no other that is open has it.</summary>
    string Name { get; }

    /// <summary>
    /// Where it will be found when it is complete, unless something else has that name by then; bytes of the path, one a character.
    /// </summary>
    string Destination { get; }

    /// <summary>At least so many bytes of it are whole records on the disk, with what is before the first of them.</summary>
    long WholeBytes { get; }

    /// <summary>
    /// Borrows space for one record of exactly <paramref name="length"/> bytes, which must be filled before the next
    /// call. False when the record is lost: disk failed, or the writer's queue is full.
    /// </summary>
    bool TryReserve(int length, out Span<byte> record);

    /// <summary>Hands over what is buffered and lets the writer close the file, and move it out of the spool.</summary>
    void Close();
}
