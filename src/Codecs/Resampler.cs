using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs;

/// <summary>
/// Brings samples from one rate to another with libsoxr at its high quality: what the lower rate cannot carry is removed
/// instead of being folded back, and nothing is shifted in time.
/// </summary>
/// <remarks>For one thread. Takes the same memory however long the input is.</remarks>
public sealed class Resampler : IDisposable
{
    private const int InputChunk = 8_192;

    private readonly ReadSamples _read;
    private readonly SoxrHandle _soxr;
    private readonly float[] _input = new float[InputChunk];
    private int _start;
    private int _end;
    private bool _inputEnded;

    /// <param name="read">Gives the input; 0 at its end.</param>
    /// <param name="inputRateHz">Its rate.</param>
    /// <param name="outputRateHz">The wanted rate.</param>
    /// <exception cref="CodecLibraryMissingException">libsoxr is not installed.</exception>
    public Resampler(ReadSamples read, int inputRateHz, int outputRateHz)
    {
        CodecLibrary.Soxr.Require();
        _read = read;
        _soxr = LibSoxr.soxr_create(inputRateHz, outputRateHz, num_channels: 1, out nint error, 0, 0, 0);
        if (_soxr.IsInvalid || error != 0)
        {
            _soxr.Dispose();
            throw new InvalidOperationException(Describe(error));
        }
    }

    /// <summary>Fills a span from the front and returns how many samples there were; 0 at the end.</summary>
    public delegate int ReadSamples(Span<float> samples);

    /// <summary>Fills <paramref name="samples"/>; fewer only at the end of the input.</summary>
    public int Read(Span<float> samples)
    {
        int done = 0;
        while (done < samples.Length)
        {
            if (_start == _end && !_inputEnded)
            {
                (_start, _end) = (0, _read(_input));
                _inputEnded = _end == 0;
            }

            int made = Process(samples[done..]);
            done += made;
            if (made == 0 && _inputEnded)
            {
                break;
            }
        }

        return done;
    }

    public void Dispose() => _soxr.Dispose();

    private int Process(Span<float> output)
    {
        ref float input = ref _inputEnded ? ref Unsafe.NullRef<float>() : ref _input[_start];
        nint error = LibSoxr.soxr_process(
            _soxr, ref input, (nuint)(_end - _start), out nuint used, ref output[0], (nuint)output.Length, out nuint made);
        if (error != 0)
        {
            throw new InvalidOperationException(Describe(error));
        }

        _start += (int)used;
        return (int)made;
    }

    private static string Describe(nint error) => $"libsoxr: {Marshal.PtrToStringUTF8(error) ?? "no resampler"}";
}
