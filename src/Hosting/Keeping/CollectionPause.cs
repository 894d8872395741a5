using System.Runtime;

namespace RtpProxy.Hosting.Keeping;

/// <summary>
/// Nothing is collected while sessions are built by the thousand: all of them stay, so looking at them in between finds nothing, and
/// costs more than the building.
/// </summary>
internal static class CollectionPause
{
    private const long BytesOfSession = 24 * 1024; // of the heap, with what is thrown away; measured, twice as much as it takes
    private const long BytesBeside = 8 << 20;
    private const long MostBytes = 200L << 20; // more, and the rest is collected as ever

    /// <summary>Begins one, if that can be.</summary>
    /// <param name="sessions">To be built.</param>
    public static void TryBegin(int sessions)
    {
        try
        {
            _ = GC.TryStartNoGCRegion(Math.Min(MostBytes, BytesBeside + (sessions * BytesOfSession)));
        }
        catch (Exception cannot) when (cannot is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // Another one is under way, or the heap may not become so large: it only takes longer.
        }
    }

    /// <summary>Ends it, if it has not ended by itself.</summary>
    public static void End()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }
}
