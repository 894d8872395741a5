namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Parts the commands of a connection whose protocol knows where one ends, as no line end does.</summary>
/// <remarks>Owned by the connection.</remarks>
public interface ICommandCutter
{
    /// <summary>Nothing has come that was not taken.</summary>
    bool IsEmpty { get; }

    /// <summary>More has come.</summary>
    /// <param name="bytes">Borrowed for the call.</param>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The next whole command.</summary>
    /// <param name="command">Valid until the next call.</param>
    /// <returns>False where more has to come first.</returns>
    /// <exception cref="InvalidDataException">No command can come any more: the connection ends.</exception>
    bool TryTake(out ReadOnlyMemory<byte> command);
}
