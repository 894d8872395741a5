using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Quality;

/// <summary>How many sessions there are of each <see cref="VerdictCode"/>.</summary>
[InlineArray(Length)]
public struct VerdictCounts
{
    /// <summary>The last code and those before it.</summary>
    public const int Length = (int)VerdictCode.BadQuality + 1;

    private int _first;

    public readonly int Of(VerdictCode code) => this[(int)code];

    internal void Count(VerdictCode code, int more) => this[(int)code] += more;

    internal readonly void AddTo(ref VerdictCounts sum)
    {
        for (int i = 0; i < Length; i++)
        {
            sum[i] += this[i];
        }
    }
}
