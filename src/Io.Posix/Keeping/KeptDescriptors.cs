using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>What the process before this one had open, as the keeper passes it on.</summary>
/// <param name="Name">As it was given to <see cref="IKeeper.TryHold"/>.</param>
/// <param name="Descriptors">Owned by whoever takes them; closed on exec.</param>
internal sealed record KeptDescriptors(string Name, IReadOnlyList<FdHandle> Descriptors) : IDisposable
{
    public void Dispose()
    {
        foreach (FdHandle descriptor in Descriptors)
        {
            descriptor.Dispose();
        }
    }
}
