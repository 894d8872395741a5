namespace RtpProxy.MakeAnn.Input;

/// <summary>
/// Brings samples of any rate to 8 kHz by band-limited interpolation: each output sample is the input weighted with a
/// windowed sinc around its instant. What 8 kHz cannot carry is removed, about 80 dB down, instead of being folded back.
/// </summary>
/// <remarks>
/// Holds the input within the reach of the filter. The kernel is a table that is read with linear interpolation, so any two
/// rates take the same memory.
/// </remarks>
internal sealed class Resampler
{
    public const int OutputRateHz = 8_000;

    private const int ZeroCrossings = 32; // on each side; more make the filter steeper
    private const int StepsPerCrossing = 512;
    private const double PassBand = 0.94; // of half the lower rate
    private const double KaiserBeta = 8.5;
    private const int InputChunk = 4_096;

    private readonly ReadSamples _read;
    private readonly double _inputPerOutput;
    private readonly double _cutoff; // of the filter, as a share of half the input rate
    private readonly int _reach; // of the filter in input samples, on each side
    private readonly double[] _kernel;
    private readonly List<float> _window = [];
    private readonly float[] _chunk = new float[InputChunk];
    private long _windowStart; // index in the input of the first sample kept
    private long _output; // index of the next output sample
    private bool _inputEnded;

    /// <param name="read">Gives the input; 0 at its end.</param>
    /// <param name="inputRateHz">Its rate.</param>
    public Resampler(ReadSamples read, int inputRateHz)
    {
        _read = read;
        _inputPerOutput = (double)inputRateHz / OutputRateHz;
        _cutoff = PassBand * Math.Min(1, 1 / _inputPerOutput);
        _reach = (int)Math.Ceiling(ZeroCrossings / _cutoff);
        _kernel = CreateKernel();
    }

    public delegate int ReadSamples(Span<float> samples);

    /// <summary>Fills <paramref name="samples"/>; fewer only at the end of the input.</summary>
    public int Read(Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            double instant = _output * _inputPerOutput;
            long last = (long)instant + _reach;
            while (!_inputEnded && _windowStart + _window.Count <= last)
            {
                Fill((long)instant - _reach);
            }

            long end = _windowStart + _window.Count;
            if (_inputEnded && instant >= end)
            {
                return i;
            }

            samples[i] = Interpolate(instant, end);
            _output++;
        }

        return samples.Length;
    }

    private void Fill(long oldestNeeded)
    {
        int unneeded = (int)Math.Clamp(oldestNeeded - _windowStart, 0, _window.Count);
        _window.RemoveRange(0, unneeded);
        _windowStart += unneeded;
        int read = _read(_chunk);
        _inputEnded = read == 0;
        _window.AddRange(_chunk.AsSpan(0, read));
    }

    private float Interpolate(double instant, long end)
    {
        long first = Math.Max((long)Math.Ceiling(instant - _reach), _windowStart);
        long last = Math.Min((long)Math.Floor(instant + _reach), end - 1);
        double sum = 0;
        for (long index = first; index <= last; index++)
        {
            double at = Math.Abs(index - instant) * _cutoff * StepsPerCrossing;
            int step = (int)at;
            if (step < _kernel.Length - 1)
            {
                double weight = _kernel[step] + ((_kernel[step + 1] - _kernel[step]) * (at - step));
                sum += weight * _window[(int)(index - _windowStart)];
            }
        }

        return (float)(sum * _cutoff);
    }

    /// <summary>One half of sin(pi x) / (pi x) under a Kaiser window.</summary>
    private static double[] CreateKernel()
    {
        double[] kernel = new double[(ZeroCrossings * StepsPerCrossing) + 1];
        double scale = Bessel(KaiserBeta);
        for (int i = 0; i < kernel.Length; i++)
        {
            double x = (double)i / StepsPerCrossing;
            double share = x / ZeroCrossings;
            double sinc = i == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
            kernel[i] = sinc * Bessel(KaiserBeta * Math.Sqrt(1 - (share * share))) / scale;
        }

        return kernel;
    }

    /// <summary>Modified Bessel function of the first kind, order zero, by its series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
