# Makes comparisons.json beside it, with numpy, scipy, statsmodels and scikit-learn.
import numpy as np, scipy, scipy.stats as st, json, sklearn
from sklearn.model_selection import StratifiedGroupKFold

def wilcoxon(d):
    nz=d[d!=0]
    if not len(nz): return 1.0
    if len(nz)>50: return float(st.wilcoxon(nz,correction=False,method='asymptotic').pvalue)
    if len(np.unique(np.abs(nz)))==len(nz): return float(st.wilcoxon(nz,method='exact').pvalue)
    # With ties scipy is exact by going through all signs, which it cannot of many: they are counted by their sums.
    ranks=np.rint(2*st.rankdata(np.abs(nz))).astype(int)
    ways=np.ones(1)
    for r in ranks: ways=np.convolve(ways,[1.0]+[0.0]*(r-1)+[1.0])
    ahead=ranks[nz>0].sum()
    p=min(1.0,float(2*min(ways[:ahead+1].sum(),ways[ahead:].sum())/2**len(nz)))
    if len(nz)<=16: assert np.isclose(p,st.wilcoxon(nz,method=st.PermutationMethod(n_resamples=np.inf)).pvalue,rtol=1e-12)
    return p

rng=np.random.default_rng(7)
tables=[]
for k in range(20):
    n=int(rng.integers(2,70)) if k else 50
    a=rng.normal(.7,.05,n); b=a-rng.normal(.01,.03,n)
    if k%3==1:  # ties and zeros, as accuracies over few utterances have
        a=np.round(a*40)/40; b=np.round(b*40)/40
    if k%5==2: b[:n//3]=a[:n//3]
    d=np.round(a-b,12)  # ties, not noise of rounding
    t=st.ttest_rel(a,b)
    share=0.25
    v=d.var(ddof=1)
    tn=d.mean()/np.sqrt((1/n+share)*v)
    tables.append(dict(a=a.tolist(),b=b.tolist(),difference=d.mean(),t=t.statistic,df=n-1,p=t.pvalue,wilcoxonP=wilcoxon(d),resampledP=2*st.t.sf(abs(tn),n-1),effectSize=d.mean()/d.std(ddof=1),relativeImprovement=(a.mean()-b.mean())/b.mean()))

from statsmodels.stats.multitest import multipletests
h=multipletests([t['resampledP'] for t in tables],method='holm')[1]
plain=multipletests([t['p'] for t in tables],method='holm')[1]
folds=[]
for k in range(3):
    n=int(rng.integers(60,120)); groups=rng.integers(0,12+4*k,n); y=rng.integers(0,2+k,n)
    test=np.empty(n,int)
    g=[f"{x:02d}" for x in groups]
    for i,(tr,te) in enumerate(StratifiedGroupKFold(4).split(np.zeros(n),y,g)): test[te]=i
    folds.append(dict(groups=g,labels=[f"c{v}" for v in y],folds=test.tolist()))
ci=[]
d=np.array(tables[0]['a'])-np.array(tables[0]['b'])
r=st.bootstrap((d,),np.mean,n_resamples=100000,method='percentile',random_state=1).confidence_interval
json.dump(dict(about=f"scipy {scipy.__version__} ttest_rel, wilcoxon without zeros (method='exact'; with ties all signs by numpy {np.__version__} convolve, up to 16 equal to PermutationMethod(n_resamples=inf); above 50 'asymptotic', correction=False), bootstrap(percentile, 100000); statsmodels multipletests(method='holm'); scikit-learn {sklearn.__version__} StratifiedGroupKFold(4); resampledP: t with variance (1/n + 0.25) var (Nadeau and Bengio, 2003)",tables=tables,holm=h.tolist(),holmOfPlain=plain.tolist(),bootstrap=[r.low,r.high],folds=folds),open('comparisons.json','w'),indent=None)
