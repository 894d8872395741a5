namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>The place of one accepted connection, which says when a command is being carried out on it.</summary>
/// <remarks>Owned by the control loop.</remarks>
internal sealed class ControlSlot(ControlSlots owner, Action close) : IDisposable
{
    public bool IsBusy { get; private set; }

    /// <summary>A command has come on the connection before.</summary>
    public bool HasServed { get; private set; }

    public long IdleSince { get; private set; } = Environment.TickCount64;

    /// <summary>A command has come.</summary>
    public void Begin() => IsBusy = true;

    /// <summary>The command has its reply.</summary>
    public void End()
    {
        IsBusy = false;
        HasServed = true;
        IdleSince = Environment.TickCount64;
    }

    internal void Close() => close();

    public void Dispose() => owner.Release(this);
}
