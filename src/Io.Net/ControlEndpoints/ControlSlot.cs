namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>The place of one accepted connection, which says when a command is being carried out on it.</summary>
/// <remarks>The properties belong to <see cref="ControlSlots"/> and its lock.</remarks>
internal sealed class ControlSlot(ControlSlots owner, Action close) : IDisposable
{
    internal bool IsBusy { get; set; }

    /// <summary>A command has come on the connection before.</summary>
    internal bool HasServed { get; set; }

    /// <summary>The connection has given way to another.</summary>
    internal bool IsDisplaced { get; set; }

    internal long IdleSince { get; set; } = Environment.TickCount64;

    /// <summary>A command has come. False: the connection is being closed, and the command is not to be carried out.</summary>
    public bool TryBegin() => owner.TryBegin(this);

    /// <summary>The command has its reply.</summary>
    public void End() => owner.End(this);

    internal void Close() => close();

    public void Dispose() => owner.Release(this);
}
