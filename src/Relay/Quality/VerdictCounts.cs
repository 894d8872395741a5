using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Quality;

/// <summary>How many sessions there are of each <see cref="VerdictCode"/>, and in trouble (<see cref="Verdict.IsTrouble"/>).</summary>
[InlineArray(Length)]
public struct VerdictCounts
{
    /// <summary>The last code and those before it, and one place for those in trouble.</summary>
    public const int Length = (int)VerdictCode.BadQuality + 2;

    private const int Trouble = Length - 1;

    private int _first;

    public readonly int Of(VerdictCode code) => this[(int)code];

    public readonly int InTrouble => this[Trouble];

    internal void Count(in Verdict verdict, int more)
    {
        this[(int)verdict.Code] += more;
        this[Trouble] += verdict.IsTrouble ? more : 0;
    }

    internal readonly void AddTo(ref VerdictCounts sum)
    {
        for (int i = 0; i < Length; i++)
        {
            sum[i] += this[i];
        }
    }
}
