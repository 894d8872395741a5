namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>What a connection has said and no command has been made of yet, and where in it commands end.</summary>
/// <remarks>A value only to spare an object: what it holds is its connection's.</remarks>
internal readonly struct CommandBytes(Framing framing, ICommandStream commands, int maxLength)
{
    private readonly LineBuffer _bytes = new(maxLength);
    private readonly ICommandCutter? _cutter = framing == Framing.Cut ? (ICommandCutter)commands : null;

    /// <summary>Nothing is half said.</summary>
    public bool IsEmpty => _bytes.IsEmpty && _cutter is not { IsEmpty: false };

    /// <summary>It is too long for a command, which is borne as long as nothing follows.</summary>
    public bool IsOverfull => _bytes.IsOverfull;

    /// <summary>Where to read to, while it is not overfull; <see cref="Advance"/> tells how much has been read.</summary>
    public Span<byte> FreeSpace => _bytes.GetFreeSpace().Span;

    public void Advance(int count) => _bytes.Advance(count);

    /// <param name="command">Valid until more is read.</param>
    /// <exception cref="InvalidDataException">No command can come any more.</exception>
    public bool TryTake(out ReadOnlyMemory<byte> command) => framing switch
    {
        Framing.Lines => _bytes.TryTakeLine(out command),
        Framing.OneShot => _bytes.TryTakeAll(out command),
        _ => TryCut(_cutter!, out command),
    };

    private bool TryCut(ICommandCutter cutter, out ReadOnlyMemory<byte> command)
    {
        while (_bytes.TryTakeAll(out ReadOnlyMemory<byte> come))
        {
            cutter.Append(come.Span);
        }

        return cutter.TryTake(out command);
    }
}
