using RtpProxy.Controller.Relays;

namespace RtpProxy.Ctl.Nodes;

/// <summary>A relay, by the sockets that lead to it: its admin socket tells more, its control socket is what every relay has.</summary>
/// <param name="control">Null where only the admin socket is named.</param>
/// <param name="admin">Null where none is named, and none lies beside the control socket.</param>
/// <param name="isFound">Nobody named the admin socket; where it does not answer, the control socket may.</param>
internal sealed class Node(RelayClient? control, AdminClient? admin, bool isFound) : IAsyncDisposable
{
    public string Name { get; } = control?.Name ?? $"unix:{admin!.Path}";

    public RelayClient? Control => control;

    public AdminClient? Admin => admin;

    /// <summary>
    /// Whether an answer of the admin socket stands. It does not where the socket was only found and nobody is there: a daemon
    /// that crashed leaves it behind.
    /// </summary>
    public bool Stands(AdminAnswer answer) => answer.Problem is null || !isFound || control is null;

    public async ValueTask DisposeAsync()
    {
        if (admin is not null)
        {
            await admin.DisposeAsync();
        }

        if (control is not null)
        {
            await control.DisposeAsync();
        }
    }
}
