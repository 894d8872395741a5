namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// Who holds copies of descriptors for the process that comes after this one (ADR 22). Without one, what is asked is simply true.
/// </summary>
/// <remarks>Thread-safe; never blocks, so that workers may ask.</remarks>
public interface IKeeper
{
    /// <summary>Holds copies of these descriptors under a name, instead of those that it held under it.</summary>
    /// <param name="name">At most <see cref="Keeper.MaxName"/> bytes; means nothing to the keeper.</param>
    /// <param name="descriptors">At most <see cref="Keeper.MaxDescriptors"/>; stay the caller's.</param>
    /// <returns>False: there is no room on the way to it now; to be asked again, in a second at the latest.</returns>
    bool TryHold(ReadOnlySpan<byte> name, params ReadOnlySpan<int> descriptors);

    /// <summary>Lets go of them.</summary>
    /// <returns>As that of <see cref="TryHold"/>.</returns>
    bool TryDrop(ReadOnlySpan<byte> name);
}
