using System.Diagnostics;
using System.Net;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>What is known about a name.</summary>
/// <param name="Address">Null if there is none.</param>
/// <param name="Since">When the answer came, by <see cref="Stopwatch"/>.</param>
/// <param name="IsPending">It is being asked for.</param>
/// <param name="IsGivenUp">It is being asked for, and somebody has waited long enough.</param>
internal readonly record struct NameAnswer(IPAddress? Address, long Since, bool IsPending = false, bool IsGivenUp = false)
{
    public static NameAnswer Pending => new(null, 0, IsPending: true);

    public TimeSpan Age => Stopwatch.GetElapsedTime(Since);
}
